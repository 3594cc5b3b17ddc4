using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>Compares a setting in a tenant with its definition.</summary>
/// <remarks>
/// A thing too many (a field, a view, a choice, a right) is a difference. A property that our files do not name is not: kintone adds some with time.
/// </remarks>
internal static class SettingDiff
{
    private static readonly HashSet<string> MapsOfThings = ["properties", "fields", "options", "views", "states", "reports", "actions"];

    /// <summary>The differences of every setting of an app.</summary>
    internal static IReadOnlyList<AppChange> CompareAll(AppDefinition definition, IReadOnlyDictionary<AppSetting, JObject> tenant) =>
        [.. AppSetting.All.SelectMany(setting => Compare(definition.Key, setting, tenant[setting], definition.Settings[setting]))];

    /// <summary>The differences, in the order of the definition. A file's only property (<c>properties</c>, <c>rights</c> …) is left out of the paths.</summary>
    internal static IReadOnlyList<AppChange> Compare(string app, AppSetting setting, JObject tenant, JObject definition)
    {
        var changes = new List<AppChange>();
        foreach (var property in definition.Properties())
        {
            var start = definition.Count == 1 ? "" : property.Name;
            Walk(property.Name, start, tenant[property.Name], property.Value, (path, from, to) => changes.Add(AppChange.Of(app, setting.File, path, from, to)));
        }

        return changes;
    }

    /// <summary>True when nothing that the definition names is otherwise in the tenant.</summary>
    internal static bool Same(JToken? tenant, JToken definition)
    {
        var same = true;
        Walk("", "", tenant, definition, (_, _, _) => same = false);
        return same;
    }

    private static void Walk(string name, string path, JToken? tenant, JToken definition, Action<string, JToken?, JToken?> report)
    {
        switch (tenant, definition)
        {
            case (JObject have, JObject want):
                foreach (var property in want.Properties()) Walk(property.Name, Join(path, property.Name), have[property.Name], property.Value, report);
                if (!MapsOfThings.Contains(name)) break;
                foreach (var extra in have.Properties().Where(property => want[property.Name] is null)) report(Join(path, extra.Name), extra.Value, null);
                break;
            case (JArray have, JArray want):
                foreach (var (label, before, after) in ListItems.Pair(have, want))
                {
                    var at = $"{path}[{label}]";
                    if (before is null || after is null) report(at, before, after);
                    else Walk("", at, before, after, report);
                }

                if (ListItems.FirstOutOfOrder(have, want) is var (there, wanted)) report($"{path} order".TrimStart(), there, wanted);
                break;
            default:
                if (!JToken.DeepEquals(tenant, definition)) report(path.Length > 0 ? path : name, tenant, definition);
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
