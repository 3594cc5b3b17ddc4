using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Apps;

/// <summary>Compares process management with the life cycle: states, actions, assignees, and whose buttons they are.</summary>
/// <remarks>Source: SPEC "The life of an engagement". The life cycle is the truth; the machine and kintone must not tell two stories.</remarks>
internal static class LifecycleCheck
{
    /// <summary>The differences, as sentences.</summary>
    /// <param name="where">Whose process management it is, for the sentences.</param>
    /// <param name="process">status.json.</param>
    internal static IReadOnlyList<string> Compare(string where, JObject process)
    {
        if (process["enable"] is not JValue { Value: true }) return [$"{where}: process management is off."];
        var states = (process["states"] as JObject)?.Properties().ToList() ?? [];
        var actions = (process["actions"] as JArray)?.OfType<JObject>().ToList() ?? [];
        IEnumerable<string> faults =
        [
            .. Difference("state", Enum.GetValues<EngagementState>().Select(static state => state.NameJa()), states.Select(static state => state.Name)),
            .. Difference("action", EngagementLifecycle.Transitions.Select(Arrow), actions.Select(Arrow)),
            .. states.SelectMany(CompareAssignees),
            .. actions.SelectMany(ComparePressers),
        ];
        return [.. faults.Select(fault => $"{where}: {fault}")];
    }

    private static IEnumerable<string> CompareAssignees(JProperty property)
    {
        if (EngagementLifecycle.FromNameJa(property.Name) is not { } state) return [];
        var assignee = property.Value["assignee"];
        IReadOnlyList<string> wanted = state.Assignees().Count == 0 ? [] : ["GROUP worker", .. state.Assignees().Select(Entity)];
        var (type, wantedType) = (assignee?.Value<string>("type"), wanted.Count == 0 ? "ONE" : "ANY");
        return
        [
            .. Difference($"assignee of {property.Name}", wanted, Entities(assignee)),
            .. type == wantedType ? [] : new[] { $"{property.Name} is assigned as {type}, not {wantedType}." },
        ];
    }

    /// <summary>A move that is the worker's alone is no button of the assignees: they do not even see it.</summary>
    private static IEnumerable<string> ComparePressers(JObject action)
    {
        if (EngagementLifecycle.Transitions.FirstOrDefault(row => Arrow(row) == Arrow(action)) is not { } row) return [];
        var isWorkers = row.By == Mover.Worker;
        IEnumerable<string> wanted = isWorkers ? ["SECONDARY", "GROUP worker"] : ["PRIMARY"];
        return Difference($"presser of {Arrow(row)}", wanted, [action.Value<string>("type") ?? "PRIMARY", .. Entities(action["executableUser"])]);
    }

    private static IEnumerable<string> Entities(JToken? holder) =>
        (holder?["entities"] as JArray)?.Select(static entry => $"{entry["entity"]?.Value<string>("type")} {entry["entity"]?.Value<string>("code")}") ?? [];

    private static string Entity(string assignee) => assignee switch
    {
        "coordinators" => "GROUP coordinators",
        "hospital" => $"FIELD_ENTITY {EngagementField.HospitalUsers.Code()}",
        "analyst" => $"FIELD_ENTITY {EngagementField.Analyst.Code()}",
        "approver" => $"FIELD_ENTITY {EngagementField.Approver.Code()}",
        _ => throw new InvalidDataException($"states.csv: '{assignee}' is no assignee."),
    };

    private static IEnumerable<string> Difference(string what, IEnumerable<string> want, IEnumerable<string> have)
    {
        var (wanted, found) = (want.ToList(), have.ToList());
        return
        [
            .. wanted.Except(found, StringComparer.Ordinal).Select(missing => $"{what} {missing} is missing."),
            .. found.Except(wanted, StringComparer.Ordinal).Select(extra => $"{what} {extra} is not in the life cycle."),
        ];
    }

    private static string Arrow(Transition row) => Arrow(row.From.NameJa(), row.ActionJa, row.To.NameJa());

    private static string Arrow(JObject action) => Arrow(action.Value<string>("from"), action.Value<string>("name"), action.Value<string>("to"));

    private static string Arrow(string? from, string? action, string? to) => $"{from} –{action}→ {to}";
}
