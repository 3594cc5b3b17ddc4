using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Fields: codes, unique texts, links to other apps.</summary>
internal static partial class FieldLint
{
    // Source: kintone, field settings: a text that may not repeat holds 64 characters.
    private const int LongestUnique = 64;

    internal static IEnumerable<string> Check(AppDefinition app, IReadOnlyList<AppDefinition> apps)
    {
        var fields = new FieldCatalogue(app);
        return
        [
            .. fields.Repeated.Select(code => $"{app.Key} fields: {code} is the code of two fields; a code must be unique in an app, tables included."),
            .. fields.All.SelectMany(pair => CheckField(pair.Key, pair.Value).Select(fault => $"{app.Key} fields: {fault}")),
            .. fields.All.SelectMany(pair => CheckLink(pair.Key, pair.Value, apps).Select(fault => $"{app.Key} fields: {fault}")),
        ];
    }

    private static IEnumerable<string> CheckField(string code, JObject field)
    {
        if (field.Value<string>("code") is var own && own != code) yield return $"{code} calls itself {own}.";
        if (!CodePattern().IsMatch(code)) yield return $"{code} has a character that kintone does not allow in a field code.";
        if (IsUniqueText(field) && !(int.TryParse(field.Value<string>("maxLength"), out var length) && length <= LongestUnique))
            yield return $"{code} is unique and must say maxLength {LongestUnique} or less: kintone holds no more.";
    }

    private static IEnumerable<string> CheckLink(string code, JObject field, IReadOnlyList<AppDefinition> apps)
    {
        if (field["referenceTable"] is not JObject reference) yield break;
        var link = reference["relatedApp"]?.Value<string>("app");
        var target = apps.FirstOrDefault(app => $"${{{app.Key}}}" == link);
        if (target is null)
        {
            yield return $"{code} links to {link}, which is no app of ours.";
            yield break;
        }

        var known = new FieldCatalogue(target);
        IEnumerable<string?> shown = [reference["condition"]?.Value<string>("relatedField"), .. reference["displayFields"]?.Values<string>() ?? []];
        foreach (var name in shown.OfType<string>().Where(name => !known.Knows(name))) yield return $"{code} shows {name}, which {target.Key} does not have.";
    }

    private static bool IsUniqueText(JObject field) => field.Value<string>("type") == "SINGLE_LINE_TEXT" && field["unique"] is JValue { Value: true };

    [GeneratedRegex(@"^[\p{L}\p{M}\u3007_\uFF3F\uFF65\u30FB\uFF04\uFFE5$][\p{L}\p{M}\p{Nd}\u3007_\uFF3F\uFF65\u30FB\uFF04\uFFE5$]*$", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
