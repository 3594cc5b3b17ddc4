using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Fields of outside records: what is missing or of another type is null, never an exception.</summary>
internal static partial class Fields
{
    internal static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    internal static decimal? Number(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = At(element, path);
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
            JsonValueKind.String when decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    internal static bool IsTrue(this JsonElement element, string name) => At(element, [name]).ValueKind == JsonValueKind.True;

    internal static IEnumerable<JsonElement> Objects(this JsonElement element, params ReadOnlySpan<string> path) =>
        List(At(element, path)).Where(static each => each.ValueKind == JsonValueKind.Object);

    internal static IEnumerable<string> Texts(this JsonElement element, string name) =>
        List(At(element, [name])).Where(static each => each.ValueKind == JsonValueKind.String).Select(static each => each.GetString()!);

    internal static IEnumerable<JsonProperty> Properties(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];

    /// <summary>What lies at the path; undefined where nothing does.</summary>
    internal static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var next)) return default;
            element = next;
        }

        return element;
    }

    /// <summary>An instant; UTC where the text names no offset, as NVD's do.</summary>
    internal static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    internal static bool IsCve(string? text) => text is not null && Cve().IsMatch(text);

    private static IEnumerable<JsonElement> List(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    [GeneratedRegex(@"\ACVE-[0-9]{4}-[0-9]{4,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cve();
}
