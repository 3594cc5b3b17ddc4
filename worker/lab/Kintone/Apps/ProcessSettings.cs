using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Process management's settings. Source: kintone, "プロセス管理の設定を変更する".</summary>
internal static class ProcessSettings
{
    private const int MaxName = 64;

    /// <summary>The settings with process management changed: what is not given stays.</summary>
    /// <param name="settings">The settings before.</param>
    /// <param name="enable">On or off; null leaves it.</param>
    /// <param name="states">The states by name; those not named are deleted.</param>
    /// <param name="actions">The actions; they replace all that were.</param>
    /// <param name="now">Now, for checking conditions.</param>
    /// <exception cref="Refusal">A state, action or condition is at fault.</exception>
    public static AppSettings Change(AppSettings settings, bool? enable, JObject? states, JArray? actions, DateTimeOffset now)
    {
        var process = new JObject(settings.Process);
        var renames = new Dictionary<string, string>(settings.StateRenames);
        if (states is not null) process["states"] = States(states, settings.Fields, renames);
        if (actions is not null) process["actions"] = Actions(actions, process["states"] as JObject ?? [], settings.Fields, now);
        if (enable is { } on) process["enable"] = on;
        var isOn = process["enable"] is JValue { Value: true };
        if (isOn && process["states"] is not JObject { Count: > 0 }) throw Refusals.Invalid("states", MessageId.Required);
        if (isOn && process["actions"] is not JArray) process["actions"] = new JArray();
        return settings with { Process = process, Fields = WithProcessFields(settings.Fields, isOn), StateRenames = renames };
    }

    private static JObject States(JObject given, JObject fields, Dictionary<string, string> renames)
    {
        var states = new JObject();
        var inOrder = given.Properties().OrderBy(state => Scalar.Whole(state.Value["index"]) ?? long.MaxValue);
        foreach (var property in inOrder)
        {
            var path = $"states.{property.Name}";
            var state = property.Value as JObject ?? throw Refusals.Invalid(path, MessageId.WrongType);
            var name = Scalar.Text(state["name"]) is { Length: > 0 } renamed ? renamed : property.Name;
            if (name.Length > MaxName) throw Refusals.Invalid($"{path}.name", MessageId.TooLong, MaxName + 1);
            if (name != property.Name) RenameMap.Add(renames, property.Name, name);
            if (states[name] is not null) throw Refusals.Invalid($"{path}.name", MessageId.NotUnique);
            var assignee = Assignee(state["assignee"] as JObject, fields, path);
            if (states.Count == 0 && (string?)assignee["type"] != "ONE") throw Refusals.Invalid($"{path}.assignee.type", MessageId.UnknownChoice);
            states[name] = new JObject { ["name"] = name, ["index"] = states.Count.ToString(CultureInfo.InvariantCulture), ["assignee"] = assignee };
        }

        return states;
    }

    /// <summary>A state's assignee setting; one left out means the record's creator.</summary>
    private static JObject Assignee(JObject? given, JObject fields, string path)
    {
        var type = Scalar.Text(given?["type"]) is { Length: > 0 } written ? written : "ONE";
        if (type is not ("ONE" or "ALL" or "ANY")) throw Refusals.Invalid($"{path}.assignee.type", MessageId.UnknownChoice);
        var creator = new Form(fields).Fields.FirstOrDefault(field => field.Type is CreatorType)?.Code;
        var entities = given?["entities"] as JArray ?? [new JObject { ["entity"] = new JObject { ["type"] = "FIELD_ENTITY", ["code"] = creator } }];
        return new JObject { ["type"] = type, ["entities"] = new JArray(entities.Select(entry => AclSettings.Entry(entry, fields, $"{path}.assignee.entities"))) };
    }

    private static JArray Actions(JArray given, JObject states, JObject fields, DateTimeOffset now)
    {
        var actions = new JArray();
        var binder = QueryBinder.ForSettings(new Form(fields), now);
        for (var index = 0; index < given.Count; index++)
        {
            var path = $"actions[{index}]";
            var action = given[index] as JObject ?? throw Refusals.Invalid(path, MessageId.WrongType);
            var filter = Scalar.Text(action["filterCond"]) ?? "";
            binder.Bind(QueryParser.ParseCondition(filter));
            var complete = new JObject
            {
                ["name"] = Name(action, "name", path),
                ["from"] = StateName(action, "from", states, path),
                ["to"] = StateName(action, "to", states, path),
                ["filterCond"] = filter,
            };
            var isTwice = actions.Any(other => JToken.DeepEquals(other["name"], complete["name"]) && JToken.DeepEquals(other["from"], complete["from"]));
            if (isTwice) throw Refusals.Invalid($"{path}.name", MessageId.NotUnique);
            complete["type"] = Scalar.Text(action["type"]) is "SECONDARY" ? "SECONDARY" : "PRIMARY";
            if (action["executableUser"]?["entities"] is JArray users)
                complete["executableUser"] = new JObject { ["entities"] = new JArray(users.Select(entry => AclSettings.Entry(entry, fields, path))) };
            actions.Add(complete);
        }

        return actions;
    }

    private static string Name(JObject action, string property, string path) =>
        Scalar.Text(action[property]) is { Length: > 0 } name ? name : throw Refusals.Invalid($"{path}.{property}", MessageId.Required);

    private static string StateName(JObject action, string property, JObject states, string path)
    {
        var name = Name(action, property, path);
        return states[name] is not null ? name : throw Refusals.Invalid($"{path}.{property}", MessageId.UnknownChoice);
    }

    private static JObject WithProcessFields(JObject fields, bool on)
    {
        var copy = new JObject(fields);
        foreach (var property in copy.Properties().Where(property => (string?)property.Value["type"] is "STATUS" or "STATUS_ASSIGNEE"))
            property.Value = new JObject((JObject)property.Value) { ["enabled"] = on };
        return copy;
    }
}
