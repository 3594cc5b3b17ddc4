using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>
/// The <c>versions</c> of a CVE record, which each author writes in a way of their own: <c>5.1.x</c>, <c>2.*</c>, <c>9.1 &lt; 9.1.14-h4</c>,
/// <c>5.1.6.2722 build 20240402</c>, <c>sonicos 7.1.1-7040</c>.
/// </summary>
/// <remarks>Source: CVE_Record_Format schema 5.1, <c>product.versions</c>; the forms are those of records of 2020 to 2024.</remarks>
internal static partial class Cve5Versions
{
    private const string Affected = "affected";
    private const string Unaffected = "unaffected";
    private const string Everything = "*";

    /// <summary>What is affected, as a version or a range; nothing where no version is stated.</summary>
    internal static IReadOnlyList<(string Version, VersionRange Range)> Of(JsonElement affected)
    {
        var versions = affected.Objects("versions").ToList();
        var mended = versions.Where(static each => each.Text("status") == Unaffected).Select(static each => Plain(each.Text("version"))).OfType<string>().ToList();
        var stated = versions.Where(static each => each.Text("status") == Affected).Select(each => Range(each, mended)).OfType<(string Version, VersionRange Range)>().ToList();
        // All is affected but what has the fix: what comes before the only one that has it.
        if (stated.Count > 0 || versions.Count != 1 || affected.Text("defaultStatus") != Affected) return stated;
        return mended is [var first] ? [(CpeName.Any, new VersionRange(null, null, null, first))] : [];
    }

    private static (string Version, VersionRange Range)? Range(JsonElement version, IEnumerable<string> mended)
    {
        var start = Plain(version.Text("version"));
        var (below, upTo) = (version.Text("lessThan")?.Trim(), version.Text("lessThanOrEqual")?.Trim());
        if (below is not null && below != Everything)
        {
            // Below 1.* is all of 1, as the schema has it.
            var bound = BehindLess().Replace(below, "");
            return Bounded(start, AfterSeries(bound) ?? Plain(bound), null);
        }

        if (upTo is not null && upTo != Everything) return AfterSeries(upTo) is { } next ? Bounded(start, next, null) : Bounded(start, null, Plain(upTo));
        if (start is null) return null;
        if (below is null && upTo is null && AfterSeries(version.Text("version")!) is { } after)
            return Bounded(start, mended.FirstOrDefault(each => each.StartsWith(start + ".", StringComparison.Ordinal)) ?? after, null);
        if (below is null && upTo is null) return (start, VersionRange.All);
        return (CpeName.Any, new VersionRange(start, null, null, FirstMended(version)));
    }

    /// <summary>A bound that says nothing leaves nothing: a start alone would name every later version.</summary>
    private static (string Version, VersionRange Range)? Bounded(string? start, string? below, string? upTo) =>
        below is null && upTo is null ? null : (CpeName.Any, new VersionRange(start, null, upTo, below));

    /// <summary>Where everything from a version on is affected, <c>changes</c> tell when that ends.</summary>
    private static string? FirstMended(JsonElement version) =>
        version.Objects("changes").Where(static each => each.Text("status") == Unaffected).Select(static each => Plain(each.Text("at"))).FirstOrDefault(static at => at is not null);

    /// <summary>The version alone; null where the text holds none.</summary>
    private static string? Plain(string? text)
    {
        if (text is null || (AfterSeries(text) is null && text.Contains(Everything, StringComparison.Ordinal))) return null;
        var plain = Build().Replace(text.Replace("\\", "", StringComparison.Ordinal).Trim().ToLowerInvariant(), "");
        plain = NameBefore().Replace(Series().Replace(plain, ""), "");
        return plain is "" or "0" or "-" or "n/a" or "unspecified" ? null : plain;
    }

    /// <summary>The first version after 2.* is 3, after 1.1.x it is 1.2; null for any other text.</summary>
    private static string? AfterSeries(string text)
    {
        if (SeriesEnd().Match(text.Trim()) is not { Success: true } match || !int.TryParse(match.Groups["last"].ValueSpan, CultureInfo.InvariantCulture, out var last)) return null;
        return string.Create(CultureInfo.InvariantCulture, $"{match.Groups["before"].Value}{last + 1L}").ToLowerInvariant();
    }

    /// <summary>The day of a build behind the number, which decides nothing.</summary>
    [GeneratedRegex(@"[\s_(]+build[\s_]*[0-9]+\)?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Build();

    /// <summary>The product before the version: sonicos 7.1.1-7040.</summary>
    [GeneratedRegex(@"\A[a-z]{2,}\s+(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex NameBefore();

    /// <summary>9.1 &lt; 9.1.14-h4: what is meant stands last.</summary>
    [GeneratedRegex(@"\A.*<=?\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BehindLess();

    [GeneratedRegex(@"(\.[xX*])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Series();

    [GeneratedRegex(@"\A(?<before>[A-Za-z]?([0-9]+\.)*)(?<last>[0-9]+)(\.[xX*])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex SeriesEnd();
}
