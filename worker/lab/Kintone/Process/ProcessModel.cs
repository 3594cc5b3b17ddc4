using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Rights;

namespace VulnDiag.Lab.Kintone.Process;

/// <summary>How the assignees of a status act. Source: kintone, "プロセス管理の設定を取得する".</summary>
internal enum AssigneeKind
{
    /// <summary>One person, chosen when the record comes into the status.</summary>
    One,

    /// <summary>Each must act before the record moves.</summary>
    All,

    /// <summary>Whoever acts first moves the record.</summary>
    Any,
}

/// <summary>A status: who can be assigned in it, and how they act.</summary>
internal sealed record ProcessState(string Name, AssigneeKind Kind, IReadOnlyList<JObject> Entities);

/// <summary>An action, the button that moves a record. A secondary one is for its executable users, assigned or not.</summary>
internal sealed record ProcessAction(string Name, string From, string To, Condition? Condition, bool Secondary, IReadOnlyList<AclEntity> ExecutableUsers);

/// <summary>An app's process management.</summary>
internal sealed class ProcessModel
{
    private readonly Dictionary<string, ProcessState> _states;

    private ProcessModel(IReadOnlyList<ProcessState> states, IReadOnlyList<ProcessAction> actions)
    {
        _states = states.ToDictionary(state => state.Name, StringComparer.Ordinal);
        First = states[0];
        Actions = actions;
    }

    /// <summary>The status a new record is in.</summary>
    public ProcessState First { get; }

    /// <summary>All actions.</summary>
    public IReadOnlyList<ProcessAction> Actions { get; }

    /// <summary>The status of a name; the first when the record's status has been taken out of the settings.</summary>
    public ProcessState State(string? name) => name is not null && _states.TryGetValue(name, out var state) ? state : First;

    /// <summary>Reads the settings; null while process management is off.</summary>
    public static ProcessModel? Of(JObject process)
    {
        if (process["enable"] is not JValue { Value: true } || process["states"] is not JObject states || !states.HasValues) return null;
        var inOrder = states.Properties().Select(state => (JObject)state.Value).OrderBy(state => Forms.Scalar.Whole(state["index"]) ?? 0);
        return new ProcessModel([.. inOrder.Select(ReadState)], [.. (process["actions"] as JArray ?? []).OfType<JObject>().Select(ReadAction)]);
    }

    private static ProcessState ReadState(JObject state)
    {
        var kind = (string?)state["assignee"]?["type"] switch
        {
            "ALL" => AssigneeKind.All,
            "ANY" => AssigneeKind.Any,
            _ => AssigneeKind.One,
        };
        return new ProcessState((string)state["name"]!, kind, [.. (state["assignee"]?["entities"] as JArray ?? []).OfType<JObject>()]);
    }

    private static ProcessAction ReadAction(JObject action)
    {
        var users = action["executableUser"]?["entities"] as JArray ?? [];
        return new ProcessAction(
            (string)action["name"]!,
            (string)action["from"]!,
            (string)action["to"]!,
            QueryParser.ParseCondition((string?)action["filterCond"]),
            (string?)action["type"] == "SECONDARY",
            [.. users.OfType<JObject>().Select(user => new AclEntity(user["entity"] as JObject ?? user))]);
    }
}
