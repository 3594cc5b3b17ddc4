using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Kintone.Stores;
using VulnDiag.Report;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes the two files of an engagement's report from what its record, its results and its findings hold at this moment.</summary>
internal sealed class ReportMaker(
    EngagementRunner runner, EngagementStore records, FindingCache findings, ResultFiles results, CheckTexts texts, ReportPrinter printer, OperatorOptions operatorOptions, TimeProvider time)
{
    /// <summary>The files of the content that was ordered, with the record that they were made from; null where the record holds other content.</summary>
    /// <remarks>Nothing is told to be other by what is remembered alone: another worker may have ordered it of what it has just read.</remarks>
    internal async Task<(Engagement Made, PrintedReport Files)?> MakeAsync(EngagementId id, string ordered, Func<Engagement, int> edition, bool draft, CancellationToken cancellationToken)
    {
        foreach (var fresh in new[] { false, true })
        {
            if (await runner.LoadAsync(id, cancellationToken, fresh) is not { Engagement: var engagement }) return null;
            // What the hospital gets is made from what stands in kintone at this moment; a draft that was overtaken is made again.
            var rows = draft ? await findings.LoadAsync(id, cancellationToken) : await findings.ReadAsync(id, cancellationToken);
            if (FactHash.OfReport(engagement.Facts, rows, edition(engagement)) != ordered) continue;
            return (engagement, await PrintAsync(engagement, rows, edition(engagement), draft, cancellationToken));
        }

        return null;
    }

    private async Task<PrintedReport> PrintAsync(Engagement engagement, IReadOnlyList<FindingRecord> rows, int edition, bool draft, CancellationToken cancellationToken)
    {
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
        return await printer.PrintAsync(model, cancellationToken);
    }

    private async Task<PreviousReport?> PreviousAsync(EngagementId? follows, CancellationToken cancellationToken)
    {
        if (follows is not { } id) return null;
        var previous = await records.LoadAsync(id, cancellationToken);
        return new PreviousReport(id, previous?.Engagement.Facts.IssuedAt is { } issued ? Jst.DayOf(issued) : null);
    }
}
