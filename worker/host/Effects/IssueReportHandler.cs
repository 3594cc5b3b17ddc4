using System.Security.Cryptography;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Stores;
using VulnDiag.Report;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Makes the report, attaches it for the hospital, and reads it back byte for byte.</summary>
/// <remarks>
/// The triple of record, hospital code and content hash is compared on the record as it stands right before the upload, so that a report
/// reaches the record that it was made from and no other. Source: SPEC "The report".
/// </remarks>
internal sealed class IssueReportHandler(EngagementRunner runner, EngagementStore records, ReportMaker maker, AuditLog audit, KillPoints kill, TimeProvider time) : IEffectHandler
{
    public string Kind => nameof(IssueReport);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var order = row.As<IssueReport>();
        if (await runner.LoadAsync(row.Engagement, cancellationToken) is not { } stored) return new EffectOutcome.Failed("The record is gone.");
        if (stored.Engagement.Facts.IssuedHash == order.ContentHash) return new EffectOutcome.Done();

        // Edited since the review: the step sends the record back by itself.
        if (await maker.MakeAsync(row.Engagement, order.ContentHash, _ => order.Edition, draft: false, cancellationToken) is not var (engagement, files)) return new EffectOutcome.Done();
        if (await GuardAsync(engagement, cancellationToken) is { } other) return new EffectOutcome.Later(other);

        var uploaded = await MakeDraftHandler.AttachAsync(records, files, cancellationToken);
        kill.At("report-uploaded");
        var attached = await runner.ChangeFactsAsync(engagement.Id, current => current.Facts with { ReportFiles = [.. Earlier(current), .. uploaded] }, cancellationToken);
        if (attached is null) return new EffectOutcome.Later("The record is busy.");
        kill.At("report-attached");
        if (await ReadBackAsync(attached.Facts.ReportFiles, files, cancellationToken) is { } fault)
        {
            await runner.ChangeFactsAsync(engagement.Id, current => current.Facts with { ReportFiles = Earlier(current) }, cancellationToken);
            return new EffectOutcome.Later(fault);
        }

        kill.At("report-read-back");
        return await IssuedAsync(order, files, row.Engagement, cancellationToken);

        // Files of this edition that a broken attempt attached are replaced; those of earlier editions stay.
        IReadOnlyList<AttachedFile> Earlier(Engagement current) =>
            [.. current.Facts.ReportFiles.Where(file => files.All.All(made => made.Name != file.Name))];
    }

    private async Task<EffectOutcome> IssuedAsync(IssueReport order, PrintedReport files, EngagementId id, CancellationToken cancellationToken)
    {
        var issued = await runner.ChangeFactsAsync(
            id, current => current.Facts with { IssuedHash = order.ContentHash, Edition = order.Edition, IssuedAt = time.GetUtcNow() }, cancellationToken);
        if (issued is null) return new EffectOutcome.Later("The record is busy.");
        await audit.WriteAsync("report-issued", $"{id}", $"edition {order.Edition}, {string.Join(", ", files.All.Select(static file => file.Sha256))}", cancellationToken);
        return new EffectOutcome.Done();
    }

    private async Task<string?> GuardAsync(Engagement made, CancellationToken cancellationToken)
    {
        var now = (await runner.LoadAsync(made.Id, cancellationToken, fresh: true))?.Engagement;
        return now is null || now.Id != made.Id || now.Hearing.HospitalCode != made.Hearing.HospitalCode || now.Revision != made.Revision
            ? "The record changed while its report was made."
            : null;
    }

    private async Task<string?> ReadBackAsync(IReadOnlyList<AttachedFile> attached, PrintedReport files, CancellationToken cancellationToken)
    {
        foreach (var file in files.All)
        {
            var there = attached.LastOrDefault(known => known.Name == file.Name);
            if (there is null) return $"{file.Name} is not attached.";
            using var content = new MemoryStream();
            await records.DownloadAsync(there, content, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length))) != file.Sha256)
                return $"{file.Name} reads back differently from what was uploaded.";
        }

        return null;
    }
}
