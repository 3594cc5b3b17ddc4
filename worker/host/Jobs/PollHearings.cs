using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Inbox;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Asks kintone what changed: one request an app while nothing did. Also beats the leader row, and frees what dead workers held.</summary>
/// <remarks>The leader row lies in the communication app, so that rounds take turns between the row and that app's mails while nothing is scanned.</remarks>
internal sealed class PollHearings(
    Leader leader, EngagementStore engagements, FindingStore findings, FindingCache knownFindings, ExclusionList exclusions, VendorLedger vendors, RecordCache cache, SeenStore seen,
    AcceptedAnswers accepted, ScanStore scans, WorkerIdentity identity, StepSettings settings, ILogger<PollHearings> log) : IJob
{
    private const string EngagementApp = "engagement";
    private const string FindingApp = "finding";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await identity.BuryAsync(cancellationToken);
        if (!await leader.BeatIfDueAsync(await scans.AnyRunningAsync(cancellationToken), cancellationToken)) await accepted.WriteAsync(cancellationToken);
        if (!leader.MayAct) return;

        await vendors.RefreshIfDueAsync(cancellationToken);
        await PollEngagementsAsync(cancellationToken);
        await PollFindingsAsync(cancellationToken);
        await exclusions.RefreshAsync(cancellationToken);
        leader.KintoneWasSeen();
    }

    private async Task PollEngagementsAsync(CancellationToken cancellationToken)
    {
        var changes = await engagements.ChangedSinceAsync(await seen.WatermarkAsync(EngagementApp, cancellationToken), cancellationToken);
        var listed = changes.Records.Select(static record => (Id: new EngagementId(record.Id), record.Revision)).ToList();
        foreach (var (id, revision) in listed) cache.Listed(id, revision);
        var changed = await seen.ListedAsync(listed, cancellationToken);
        if (changed > 0) log.LogDebug("{Number} engagements changed", changed);
        if (changes.Watermark is { } watermark) await seen.WatermarkAsync(EngagementApp, watermark, cancellationToken);
    }

    private async Task PollFindingsAsync(CancellationToken cancellationToken)
    {
        var changes = await findings.ChangedByOthersSinceAsync(settings.WorkerUser, await seen.WatermarkAsync(FindingApp, cancellationToken), cancellationToken);
        var overtaken = changes.Records.Where(knownFindings.Listed).Select(static finding => finding.Engagement).ToList();
        await seen.LookAtOnceAsync((await seen.NewFindingsAsync(changes.Records, cancellationToken)).Union(overtaken), cancellationToken);
        if (changes.Watermark is { } watermark) await seen.WatermarkAsync(FindingApp, watermark, cancellationToken);
    }
}
