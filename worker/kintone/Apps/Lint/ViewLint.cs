using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Views: known columns, conditions and orders that read.</summary>
internal static class ViewLint
{
    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields)
    {
        foreach (var view in ((JObject)app.Settings[AppSetting.Views]["views"]!).Properties())
        {
            foreach (var code in view.Value["fields"]?.Values<string>().OfType<string>().Where(code => !fields.Knows(code)) ?? [])
                yield return $"{app.Key} views: {view.Name} shows {code}, which is no field.";
            foreach (var fault in ConditionLint.Check(view.Value.Value<string>("filterCond") ?? "", fields))
                yield return $"{app.Key} views: {view.Name}: {fault}";
            foreach (var fault in CheckOrder(view.Value.Value<string>("sort") ?? "", fields)) yield return $"{app.Key} views: {view.Name}: {fault}";
            if (view.Value.Value<string>("name") is var name && name != view.Name) yield return $"{app.Key} views: {view.Name} calls itself {name}.";
        }
    }

    private static IEnumerable<string> CheckOrder(string order, FieldCatalogue fields)
    {
        foreach (var key in order.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields.Knows(words[0])) yield return $"it is ordered by {words[0]}, which is no field.";
            else if (fields.IsColumn(words[0])) yield return $"it is ordered by {words[0]}, which is in a table.";
            if (words is not [_] and not [_, "asc" or "desc"]) yield return $"the order '{key}' does not read as one.";
        }
    }
}
