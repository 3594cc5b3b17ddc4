using System.Globalization;

namespace VulnDiag.Worker.Store;

/// <summary>Instants as text that sorts by time: ISO 8601 in UTC, always as long.</summary>
internal static class Instants
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    internal static string Text(this DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    internal static string? Text(this DateTimeOffset? instant) => instant?.Text();

    internal static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    internal static DateTimeOffset? TryParse(string text) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    internal static DateTimeOffset? ParseOrNull(string? text) => text is null ? null : Parse(text);
}
