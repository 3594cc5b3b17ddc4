using System.Text.RegularExpressions;

namespace VulnDiag.Report.Sections;

/// <summary>Where to read more: addresses as text, so that they can be typed from paper. An id of unknown form stands as it is.</summary>
/// <remarks>Sources: address forms of nvd.nist.gov, jvndb.jvn.jp, jvn.jp and cisa.gov as of 2026-11.</remarks>
internal static partial class ReferenceList
{
    internal static IReadOnlyList<string> Of(IEnumerable<ReportFinding> findings) => [.. findings.SelectMany(Of).Distinct()];

    internal static IEnumerable<string> Of(ReportFinding finding)
    {
        foreach (var id in finding.Machine.Jvn) yield return Jvn(id);
        foreach (var id in finding.Machine.Cve)
        {
            if (!CveId().IsMatch(id)) continue;
            yield return $"https://nvd.nist.gov/vuln/detail/{id}";
            if (finding.Machine.Kev) yield return $"https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext={id}";
        }
    }

    private static string Jvn(string id)
    {
        if (JvnDbId().Match(id) is { Success: true } db) return $"https://jvndb.jvn.jp/ja/contents/{db.Groups["year"].Value}/{id}.html";
        if (JvnNote().Match(id) is { Success: true } note) return $"https://jvn.jp/jp/JVN{note.Groups["number"].Value}/";
        if (JvnVuNote().Match(id) is { Success: true } vu) return $"https://jvn.jp/vu/JVNVU{vu.Groups["number"].Value}/";
        return Texts.Printable.Line(id);
    }

    [GeneratedRegex(@"\ACVE-\d{4}-\d{4,7}\z")]
    private static partial Regex CveId();

    [GeneratedRegex(@"\AJVNDB-(?<year>\d{4})-\d{6}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex JvnDbId();

    [GeneratedRegex(@"\AJVN#(?<number>\d{8})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex JvnNote();

    [GeneratedRegex(@"\AJVNVU#(?<number>\d{8})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex JvnVuNote();
}
