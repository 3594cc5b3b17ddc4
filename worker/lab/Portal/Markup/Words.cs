using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone;

namespace VulnDiag.Lab.Portal.Markup;

/// <summary>The portal's words, from Data/words.ja.json.</summary>
internal static class Words
{
    private static readonly JObject Texts = (JObject)LabJson.Parse(PortalFiles.Text("words.ja.json"));

    /// <summary>The words of <paramref name="key"/>, their gaps filled.</summary>
    /// <exception cref="KeyNotFoundException">There are none: a page names a key that the file does not have.</exception>
    public static string Of(string key, params object[] gaps)
    {
        var text = (string?)Texts[key] ?? throw new KeyNotFoundException($"words.ja.json has no '{key}'.");
        return gaps.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, gaps);
    }
}
