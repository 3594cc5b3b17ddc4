using System.Globalization;

namespace VulnDiag.VulnDb.Store;

/// <summary>A CVE id as a number, for keys of a few bytes.</summary>
internal static class CveNumber
{
    private const long PerYear = 100_000_000_000;
    private const string Prefix = "CVE-";

    /// <summary>The number of an id; null when it is none, or its sequence has more than eleven digits, which none has had.</summary>
    internal static long? Of(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && id.Split('-') is [_, { Length: 4 } year, var sequence]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
        && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < PerYear
            ? (y * PerYear) + number
            : null;

    /// <summary>The id of a number: at least four digits after the year.</summary>
    internal static string Text(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number / PerYear:D4}-{number % PerYear:D4}");
}
