using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Layout: every field has its place, every place a field.</summary>
internal static class LayoutLint
{
    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields)
    {
        var placed = app.Settings[AppSetting.Layout].SelectTokens("$..code").Values<string>().OfType<string>().ToList();
        return
        [
            .. placed.Where(code => !fields.Knows(code)).Select(code => $"{app.Key} layout: {code} is no field."),
            .. fields.Placeable.Except(placed, StringComparer.Ordinal).Select(code => $"{app.Key} layout: {code} has no place."),
        ];
    }
}
