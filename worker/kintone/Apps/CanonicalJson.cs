using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Apps;

/// <summary>The one form in which app files are written: whatever order a server answers in, the same settings are the same bytes.</summary>
internal static class CanonicalJson
{
    /// <summary>Two spaces, line feeds, a final line break; keys in ordinal order, or by <c>index</c> where every value has one.</summary>
    internal static string Write(JToken token) => Json.WriteIndented(Sort(token));

    /// <summary>The same value with its keys in order and its whole numbers as text, as kintone answers them.</summary>
    internal static JToken Sort(JToken token) => token switch
    {
        JObject map => new JObject(Ordered(map).Select(static property => new JProperty(property.Name, Sort(property.Value)))),
        JArray list => new JArray(list.Select(Sort)),
        JValue { Value: long number } => new JValue(number.ToString(CultureInfo.InvariantCulture)),
        _ => token.DeepClone(),
    };

    private static IEnumerable<JProperty> Ordered(JObject map) => map.Count > 0 && map.Properties().All(static property => IndexOf(property.Value) is not null)
        ? map.Properties().OrderBy(static property => IndexOf(property.Value))
        : map.Properties().OrderBy(static property => property.Name, StringComparer.Ordinal);

    private static int? IndexOf(JToken value) =>
        value is JObject map && int.TryParse(map["index"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
