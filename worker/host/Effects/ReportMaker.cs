using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Kintone.Stores;
using VulnDiag.Report;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes the two files of an engagement's report from what its record, its results and its findings hold at this moment.</summary>
internal sealed class ReportMaker(
    EngagementStore records, FindingCache findings, ResultFiles results, CheckTexts texts, ReportPrinter printer, OperatorOptions operatorOptions, TimeProvider time)
{
    /// <summary>The files, with the hash of the content that they were made from.</summary>
    internal async Task<(string ContentHash, PrintedReport Files)> MakeAsync(Engagement engagement, int edition, bool draft, CancellationToken cancellationToken)
    {
        // What the hospital gets is made from what stands in kintone at this moment; a draft that was overtaken is made again.
        var rows = draft ? await findings.LoadAsync(engagement.Id, cancellationToken) : await findings.ReadAsync(engagement.Id, cancellationToken);
        var facts = engagement.Facts;
        var model = ReportModelBuilder.OfEngagement(new EngagementReportInput
        {
            Engagement = engagement,
            Results = await results.LoadAsync(facts, cancellationToken),
            Findings = rows,
            Texts = texts,
            Operator = operatorOptions.Name,
            Edition = edition,
            Draft = draft,
            Made = Jst.DayOf(time.GetUtcNow()),
            Analyst = engagement.DisplayNames.GetValueOrDefault(facts.Analyst, facts.Analyst),
            Approver = engagement.DisplayNames.GetValueOrDefault(facts.Approver, facts.Approver),
            Previous = await PreviousAsync(facts.Follows, cancellationToken),
        });
        return (FactHash.OfReport(facts, rows, edition), await printer.PrintAsync(model, cancellationToken));
    }

    private async Task<PreviousReport?> PreviousAsync(EngagementId? follows, CancellationToken cancellationToken)
    {
        if (follows is not { } id) return null;
        var previous = await records.LoadAsync(id, cancellationToken);
        return new PreviousReport(id, previous?.Engagement.Facts.IssuedAt is { } issued ? Jst.DayOf(issued) : null);
    }
}
