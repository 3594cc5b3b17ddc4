using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Process management: assignees that are said, actions that can be told apart and lead somewhere.</summary>
internal static class ProcessLint
{
    // Source: RULES.md "Limits".
    private const int LongestName = 64;

    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields)
    {
        var process = app.Settings[AppSetting.Process];
        if (process["states"] is not JObject states) return [];
        var actions = (process["actions"] as JArray)?.OfType<JObject>().ToList() ?? [];
        IEnumerable<string> faults =
        [
            .. states.Properties().SelectMany(state => CheckState(state, fields)),
            .. states.Properties().SelectMany(CheckName),
            .. CheckFirst(states.Properties().FirstOrDefault()),
            .. CheckNames(actions),
            .. actions.SelectMany(action => CheckAction(action, states, fields)),
        ];
        return faults.Select(fault => $"{app.Key} status: {fault}");
    }

    private static IEnumerable<string> CheckState(JProperty state, FieldCatalogue fields) => state.Value["assignee"]?["entities"] is JArray entities
        ? EntityLint.Check(entities, fields).Select(fault => $"{state.Name}: {fault}")
        : [$"{state.Name} does not say its assignees: kintone would take the record's creator. Write \"entities\": []."];

    private static IEnumerable<string> CheckName(JProperty state)
    {
        if (state.Value.Value<string>("name") is var name && name != state.Name) yield return $"{state.Name} calls itself {name}.";
        if (state.Name.Length > LongestName) yield return $"the name {state.Name} is longer than the {LongestName} letters that kintone takes.";
    }

    private static IEnumerable<string> CheckFirst(JProperty? first) => first is null || first.Value["assignee"]?.Value<string>("type") == "ONE"
        ? []
        : [$"the first state {first.Name} must be assigned as ONE."];

    private static IEnumerable<string> CheckNames(IEnumerable<JObject> actions) => actions
        .GroupBy(static action => (From: action.Value<string>("from"), Name: action.Value<string>("name")))
        .Where(static group => group.Count() > 1)
        .Select(static group => $"{group.Key.From} has two actions named {group.Key.Name}.");

    private static IEnumerable<string> CheckAction(JObject action, JObject states, FieldCatalogue fields)
    {
        if (states[action.Value<string>("from") ?? ""] is null || states[action.Value<string>("to") ?? ""] is null)
            yield return $"the action {action.Value<string>("name")} leads from or to a state that is none.";
        if (action["executableUser"]?["entities"] is JArray users)
        {
            foreach (var fault in EntityLint.Check(users, fields)) yield return $"{action.Value<string>("name")}: {fault}";
        }

        foreach (var fault in ConditionLint.Check(action.Value<string>("filterCond") ?? "", fields)) yield return fault;
    }
}
