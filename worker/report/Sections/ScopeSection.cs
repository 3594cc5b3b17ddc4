using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Triage;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>診断の対象と実施状況: each line's table row, decision and outcome, and that out of scope is not the same as safe.</summary>
internal sealed class ScopeSection : IReportSection
{
    public string Id => "scope";

    public int Order => 30;

    public bool AppliesTo(ReportModel model) => model.Reviewed && model.Lines.Count > 0;

    public object View(SectionContext context) => new ScopeView(
        AnyUnscanned: context.Model.Lines.Any(static line => line.Outcome is not LineOutcome.Done),
        Lines: [.. context.Model.Lines.Select(line => Row(line, context))],
        Severities: [.. Severities.All.Select(static severity => severity.NameJa())],
        Counts: [.. context.Model.Lines.Select(line => Counts(line, context.Words))]);

    private static LineCountView Counts(ReportLine line, Words words) => new(
        words.LineCell(line),
        words.Texts[$"outcome.{line.Outcome}"],
        Scanned: line.Scan is not null,
        SeverityViews.Counted(SeverityCounts.Of(line.Findings), words),
        line.Findings.Count);

    private static ScopeRow Row(ReportLine line, SectionContext context)
    {
        var (texts, words) = (context.Texts, context.Words);
        return new ScopeRow(
            Line: words.LineCell(line),
            Kind: [.. Kind(line, texts, words)],
            No: No(line.Triage, texts),
            Decision: line.Triage is { } triage ? words.Of<Decision>("decision", triage.Decision) : "",
            Reason: [.. Reason(line, texts, words)],
            Outcome: words.Texts[$"outcome.{line.Outcome}"],
            Done: line.Outcome is LineOutcome.Done,
            OutcomeReason: words.OutcomeReason(line));
    }

    private static IEnumerable<string> Kind(ReportLine line, TextFile texts, Words words)
    {
        if (line.Answers is { } answers)
        {
            yield return words.Of("communication", answers.Communication);
            if (answers.Addressing is { } addressing) yield return words.Of<Addressing>("addressing", addressing);
        }

        if (line.Scan is { } scan) yield return texts.Fill("target", ("address", Printable.Line(scan.Target.Address)));
    }

    private static string No(TriageResult? triage, TextFile texts) => triage switch
    {
        null => texts["notTriaged"],
        { No: { } no } => texts.Fill("no", ("no", no)),
        _ => texts["noRow"],
    };

    private static IEnumerable<string> Reason(ReportLine line, TextFile texts, Words words)
    {
        if (line.Triage is not { } triage) yield break;
        yield return triage.ReasonJa.Length > 0 ? Printable.Line(triage.ReasonJa) : texts["goReason"];
        if (line.Meeting is { } meeting) yield return words.Of<MeetingOutcome>("meeting", meeting);
    }
}

/// <summary>診断の対象と実施状況.</summary>
internal sealed record ScopeView(bool AnyUnscanned, IReadOnlyList<ScopeRow> Lines, IReadOnlyList<string> Severities, IReadOnlyList<LineCountView> Counts);

/// <summary>One line's row.</summary>
internal sealed record ScopeRow(
    string Line, IReadOnlyList<string> Kind, string No, string Decision, IReadOnlyList<string> Reason, string Outcome, bool Done, string OutcomeReason);

/// <summary>A line's counts.</summary>
internal sealed record LineCountView(string Line, string Outcome, bool Scanned, IReadOnlyList<SeverityView> Counts, int Total);
