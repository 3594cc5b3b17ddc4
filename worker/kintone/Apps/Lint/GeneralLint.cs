namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>An app's name and the field that names its records.</summary>
internal static class GeneralLint
{
    // Source: RULES.md "Limits".
    private const int LongestName = 64;

    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields)
    {
        if (app.Name.Length > LongestName) yield return $"{app.Key} app: its name is longer than the {LongestName} letters that kintone takes.";
        if (app.Settings[AppSetting.General]["titleField"]?.Value<string>("code") is { } title && !fields.Knows(title)) yield return $"{app.Key} app: its records are named by {title}, which is no field.";
    }
}
