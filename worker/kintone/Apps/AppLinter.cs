using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>Finds mistakes in the definitions before kintone would, or where it never would.</summary>
internal static partial class AppLinter
{
    // Source: kintone, field settings: a text that may not repeat holds 64 characters.
    private const int LongestUnique = 64;

    /// <summary>The mistakes, as sentences.</summary>
    internal static IReadOnlyList<string> Lint(IReadOnlyList<AppDefinition> apps) => [.. apps.SelectMany(app => LintApp(app, apps)), .. SameNames(apps)];

    private static IEnumerable<string> SameNames(IReadOnlyList<AppDefinition> apps) => apps
        .GroupBy(static app => app.Name, StringComparer.Ordinal)
        .Where(static group => group.Count() > 1)
        .Select(static group => $"The apps {string.Join(", ", group.Select(static app => app.Key))} have the same name: they could not be told apart.");

    private static IEnumerable<string> LintApp(AppDefinition app, IReadOnlyList<AppDefinition> apps)
    {
        var fields = new FieldCatalogue(app);
        return
        [
            .. LintFields(app, fields, apps),
            .. LintLayout(app, fields),
            .. LintViews(app, fields),
            .. LintProcess(app, fields),
            .. LintRights(app, fields),
            .. LintNotifications(app, fields),
        ];
    }

    private static IEnumerable<string> LintFields(AppDefinition app, FieldCatalogue fields, IReadOnlyList<AppDefinition> apps)
    {
        foreach (var code in fields.Repeated) yield return $"{app.Key} fields: {code} is the code of two fields; a code must be unique in an app, tables included.";
        foreach (var (code, field) in fields.All)
        {
            if (field.Value<string>("code") != code) yield return $"{app.Key} fields: {code} calls itself {field.Value<string>("code")}.";
            if (!CodePattern().IsMatch(code)) yield return $"{app.Key} fields: {code} has a character that kintone does not allow in a field code.";
            if (field["unique"] is JValue { Value: true } && field.Value<string>("type") == "SINGLE_LINE_TEXT" && (!int.TryParse(field.Value<string>("maxLength"), out var length) || length > LongestUnique))
                yield return $"{app.Key} fields: {code} is unique and must say maxLength {LongestUnique} or less: kintone holds no more.";
            if (field["referenceTable"] is JObject reference && Related(app, apps, reference) is { } target)
            {
                var other = new FieldCatalogue(target);
                foreach (var name in new[] { reference["condition"]?.Value<string>("relatedField") ?? "" }.Concat(reference["displayFields"]?.Values<string>().OfType<string>() ?? []).Where(name => !other.Knows(name)))
                    yield return $"{app.Key} fields: {code} shows {name}, which {target.Key} does not have.";
            }
        }
    }

    private static AppDefinition? Related(AppDefinition app, IReadOnlyList<AppDefinition> apps, JObject reference) =>
        apps.FirstOrDefault(each => $"${{{each.Key}}}" == reference["relatedApp"]?.Value<string>("app")) ?? app;

    private static IEnumerable<string> LintLayout(AppDefinition app, FieldCatalogue fields)
    {
        var placed = app.Settings[AppSetting.Layout].SelectTokens("$..code").Values<string>().OfType<string>().ToList();
        foreach (var code in placed.Where(code => !fields.Knows(code))) yield return $"{app.Key} layout: {code} is no field.";
        foreach (var code in fields.Placeable.Except(placed, StringComparer.Ordinal)) yield return $"{app.Key} layout: {code} has no place.";
    }

    private static IEnumerable<string> LintViews(AppDefinition app, FieldCatalogue fields)
    {
        foreach (var view in ((JObject)app.Settings[AppSetting.Views]["views"]!).Properties())
        {
            foreach (var code in view.Value["fields"]?.Values<string>().OfType<string>().Where(code => !fields.Knows(code)) ?? []) yield return $"{app.Key} views: {view.Name} shows {code}, which is no field.";
            foreach (var fault in ConditionLint.Check(view.Value.Value<string>("filterCond") ?? "", fields)) yield return $"{app.Key} views: {view.Name}: {fault}";
        }
    }

    private static IEnumerable<string> LintProcess(AppDefinition app, FieldCatalogue fields)
    {
        var process = app.Settings[AppSetting.Process];
        if (process["states"] is not JObject states) yield break;
        foreach (var state in states.Properties())
        {
            if (state.Value["assignee"]?["entities"] is not JArray entities)
            {
                yield return $"{app.Key} status: {state.Name} does not say its assignees: kintone would take the record's creator. Write \"entities\": [].";
                continue;
            }

            foreach (var fault in LintEntities(entities, fields)) yield return $"{app.Key} status: {state.Name}: {fault}";
        }

        if (states.Properties().FirstOrDefault() is { } first && first.Value["assignee"]?.Value<string>("type") != "ONE") yield return $"{app.Key} status: the first state {first.Name} must be assigned as ONE.";
        var actions = (process["actions"] as JArray)?.OfType<JObject>().ToList() ?? [];
        foreach (var twice in actions.GroupBy(static action => (action.Value<string>("from"), action.Value<string>("name"))).Where(static group => group.Count() > 1))
            yield return $"{app.Key} status: {twice.Key.Item1} has two actions named {twice.Key.Item2}.";
        foreach (var action in actions.Where(action => states[action.Value<string>("from") ?? ""] is null || states[action.Value<string>("to") ?? ""] is null))
            yield return $"{app.Key} status: the action {action.Value<string>("name")} leads from or to a state that is none.";
        foreach (var fault in actions.SelectMany(action => ConditionLint.Check(action.Value<string>("filterCond") ?? "", fields))) yield return $"{app.Key} status: {fault}";
    }

    private static IEnumerable<string> LintRights(AppDefinition app, FieldCatalogue fields)
    {
        foreach (var right in app.Settings[AppSetting.FieldRights]["rights"]!.OfType<JObject>())
        {
            var code = right.Value<string>("code") ?? "";
            if (!fields.Knows(code)) yield return $"{app.Key} field-acl: {code} is no field.";
            foreach (var fault in LintEntities((JArray)right["entities"]!, fields).Concat(LintEveryone((JArray)right["entities"]!))) yield return $"{app.Key} field-acl: {code}: {fault}";
        }

        foreach (var right in app.Settings[AppSetting.RecordRights]["rights"]!.OfType<JObject>())
        {
            foreach (var fault in ConditionLint.Check(right.Value<string>("filterCond") ?? "", fields).Concat(LintEntities((JArray)right["entities"]!, fields)).Concat(LintEveryone((JArray)right["entities"]!)))
                yield return $"{app.Key} record-acl: {fault}";
        }

        foreach (var fault in LintEveryone((JArray)app.Settings[AppSetting.AppRights]["rights"]!)) yield return $"{app.Key} app-acl: {fault}";
    }

    private static IEnumerable<string> LintNotifications(AppDefinition app, FieldCatalogue fields)
    {
        var notifications = app.Settings[AppSetting.Notifications];
        foreach (var condition in notifications.SelectTokens("$..filterCond").Values<string>().OfType<string>())
        {
            foreach (var fault in ConditionLint.Check(condition, fields)) yield return $"{app.Key} notifications: {fault}";
        }

        foreach (var entities in notifications.SelectTokens("$..targets").OfType<JArray>().Append((JArray)notifications["general"]!["notifications"]!))
        {
            foreach (var fault in LintEntities(entities, fields)) yield return $"{app.Key} notifications: {fault}";
        }
    }

    private static IEnumerable<string> LintEntities(JArray entities, FieldCatalogue fields) => entities
        .Select(static entry => entry["entity"])
        .Where(entity => entity?.Value<string>("type") == "FIELD_ENTITY" && !fields.HoldsUsers(entity.Value<string>("code") ?? ""))
        .Select(static entity => $"{entity!.Value<string>("code")} is no field with users.");

    // Everyone not named may do nothing today; naming it keeps that true whatever kintone's default becomes.
    private static IEnumerable<string> LintEveryone(JArray entities) => entities.LastOrDefault()?["entity"]?.Value<string>("code") == "everyone"
        ? []
        : ["the last entry must be everyone."];

    [GeneratedRegex(@"^[\p{L}\p{M}\u3007_\uFF3F\uFF65\u30FB\uFF04\uFFE5$][\p{L}\p{M}\p{Nd}\u3007_\uFF3F\uFF65\u30FB\uFF04\uFFE5$]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
