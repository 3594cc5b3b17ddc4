using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Views: known columns, conditions that read.</summary>
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
        }
    }
}
