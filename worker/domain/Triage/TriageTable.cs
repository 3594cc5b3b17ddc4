using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Triage;

/// <summary>診断実施判定: which row of the table a line meets.</summary>
/// <remarks>Pure and thread-safe. Source: SPEC "Triage".</remarks>
public static class TriageTable
{
    /// <summary>Decides about one line. Total: every line gets a row, a meeting without a row, or Incomplete; the reason is never empty.</summary>
    /// <param name="line">The line, read.</param>
    /// <param name="faultsOfLine">What the validator found wrong with this line. Rows 17 to 19, わからない and a shared address come before faults.</param>
    public static TriageResult Decide(Line line, IReadOnlyList<HearingFault> faultsOfLine) =>
        EarlyRow(line) ?? WithoutRow(line) ?? Faulty(faultsOfLine) ?? Row(line);

    /// <summary>True when the line is still in after <paramref name="result"/>: it goes on, now or after its meeting.</summary>
    public static bool MayGoOn(TriageResult result) => result.Decision is Decision.Go or Decision.Conditional;

    /// <summary>Rows that ignore the answers they do not look at: no global IP, an unknown one, a closed network.</summary>
    private static TriageResult? EarlyRow(Line line) =>
        TriageRow.All.FirstOrDefault(row => row.Addressing is null && row.Fits(line))?.Result;

    private static TriageResult? WithoutRow(Line line)
    {
        if (line.GlobalIp is not YesNoUnknown.Yes) return null;
        var reason = (line.Communication, line.Addressing) switch
        {
            (Communication.Unknown, Addressing.Unknown) => "unknown-both",
            (Communication.Unknown, _) => "unknown-communication",
            (_, Addressing.Unknown) => "unknown-addressing",
            _ => line.SharedAddress ? "shared-address" : null,
        };
        return reason is null ? null : new TriageResult(No: null, Decision.Conditional, Requirement.Meeting, TriageReasons.Of(reason));
    }

    private static TriageResult? Faulty(IReadOnlyList<HearingFault> faults) =>
        faults.Count == 0 ? null : Incomplete(string.Concat(faults.Select(static fault => fault.SentenceJa)));

    private static TriageResult Row(Line line) =>
        TriageRow.All.FirstOrDefault(row => row.Fits(line))?.Result ?? Incomplete(TriageReasons.Of("blank"));

    private static TriageResult Incomplete(string reason) => new(No: null, Decision.Incomplete, Requirement.None, reason);
}
