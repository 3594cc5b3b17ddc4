using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Report;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes the draft and attaches it in the field that hospitals cannot view.</summary>
internal sealed class MakeDraftHandler(EngagementRunner runner, EngagementStore records, ReportMaker maker, KillPoints kill) : IEffectHandler
{
    public string Kind => nameof(MakeDraft);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var wanted = row.As<MakeDraft>().ContentHash;
        if (await runner.LoadAsync(row.Engagement, cancellationToken) is not { } stored) return new EffectOutcome.Failed("The record is gone.");
        if (stored.Engagement.Facts.DraftHash == wanted) return new EffectOutcome.Done();

        // Edited since: the step orders the draft of what stands there now, if any.
        if (await maker.MakeAsync(row.Engagement, wanted, static made => made.Facts.Edition + 1, draft: true, cancellationToken) is not var (_, files)) return new EffectOutcome.Done();
        var attached = await AttachAsync(records, files, cancellationToken);
        kill.At("draft-uploaded");
        var written = await runner.ChangeFactsAsync(row.Engagement, current => current.Facts with { DraftFiles = attached, DraftHash = wanted }, cancellationToken);
        return written is null ? new EffectOutcome.Later("The record is busy.") : new EffectOutcome.Done();
    }

    internal static async Task<IReadOnlyList<AttachedFile>> AttachAsync(EngagementStore records, PrintedReport files, CancellationToken cancellationToken)
    {
        var attached = new List<AttachedFile>();
        foreach (var file in files.All)
            attached.Add(await records.UploadAsync(file.Name, () => new MemoryStream(file.Content.ToArray(), writable: false), file.Content.Length, cancellationToken));
        return attached;
    }
}
