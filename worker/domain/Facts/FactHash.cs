using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Facts;

/// <summary>Hashes that bind a decision to what it was about: lower-case hexadecimal SHA-256 over length-prefixed UTF-8 texts.</summary>
public static class FactHash
{
    /// <summary>What a vendor's approval is about: the line's answers, every candidate window and every time to avoid.</summary>
    public static string OfReview(Line line, HearingRecord hearing) =>
        Of([AnswersHash.OfLine(line), OfWindows(hearing.CandidateWindows), OfWindows(hearing.TimesToAvoid)]);

    /// <summary>What a vendor's silence is about: the line's answers and every fixed window.</summary>
    public static string OfSilence(Line line, IReadOnlyList<Period> windows) =>
        Of([AnswersHash.OfLine(line), OfWindows(windows)]);

    /// <summary>The fixed windows.</summary>
    public static string OfWindows(IReadOnlyList<Period> windows) =>
        Of(windows.SelectMany(static window => new[] { Text(window.Start), Text(window.End) }));

    /// <summary>What a consent is about: who gave it, when, and the line and address it was given for.</summary>
    public static string OfConsent(Line line) => Of(
    [
        line.Id.Value, line.Address?.ToString() ?? "", line.Fqdn ?? "",
        line.Consent?.Giver ?? "", line.Consent?.Post ?? "",
        line.Consent?.Date.ToString("O", CultureInfo.InvariantCulture) ?? "", line.Consent?.AccountChecks == true ? "1" : "0",
    ]);

    /// <summary>The results that findings are made from; a result file's name carries its content's hash.</summary>
    public static string OfResults(EngagementFacts facts) =>
        Of(facts.ResultFiles.OrderBy(static file => file.Name, StringComparer.Ordinal)
            .SelectMany(static file => new[] { file.Name, file.Size.ToString(CultureInfo.InvariantCulture) }));

    /// <summary>What a report of this edition is made from: outcomes, results, findings with their decisions, summary.</summary>
    public static string OfReport(EngagementFacts facts, IReadOnlyList<FindingRecord> findings, int edition) => Of(
    [
        edition.ToString(CultureInfo.InvariantCulture), facts.Summary, facts.Analyst, OfResults(facts),
        .. facts.Lines.OrderBy(static line => line.Id).SelectMany(static line => new[] { line.Id.Value, line.Outcome.ToString(), line.OutcomeReason }),
        .. findings.OrderBy(static finding => finding.Identity.ToString(), StringComparer.Ordinal).SelectMany(static finding => new[]
        {
            finding.Identity.ToString(), finding.Severity.ToString(), finding.Machine.Evidence, finding.Change.ToString(),
            finding.Decision.Verdict.ToString(), finding.Decision.ReRated?.ToString() ?? "", finding.Decision.Reason,
            finding.Decision.By, finding.Decision.Expires?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        }),
    ]);

    /// <summary>A short, stable token for a mail key: 8 hexadecimal digits.</summary>
    public static string Short(params IEnumerable<string> parts) => Of(parts)[..8];

    /// <summary>The hash of a list of texts; their borders count.</summary>
    internal static string Of(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part};");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
