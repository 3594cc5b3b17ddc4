using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Fields of outside records: what is missing or of another type is null, never an exception.</summary>
internal static partial class Fields
{
    internal static string? Text(this JToken? token, params ReadOnlySpan<string> path) => At(token, path) is JValue { Value: string text } ? text : null;

    internal static decimal? Number(this JToken? token, params ReadOnlySpan<string> path) => At(token, path) is JValue value
        ? value.Value switch
        {
            decimal number => number,
            long number => number,
            string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        }
        : null;

    internal static IEnumerable<JObject> Objects(this JToken? token, params ReadOnlySpan<string> path) =>
        (At(token, path) as JArray ?? []).OfType<JObject>();

    /// <summary>An instant; UTC where the text names no offset, as NVD's do.</summary>
    internal static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    internal static bool IsCve(string? text) => text is not null && Cve().IsMatch(text);

    private static JToken? At(JToken? token, ReadOnlySpan<string> path)
    {
        foreach (var name in path) token = (token as JObject)?[name];
        return token;
    }

    [GeneratedRegex(@"\ACVE-[0-9]{4}-[0-9]{4,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cve();
}
