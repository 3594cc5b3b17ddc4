using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;
using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Inbox;

/// <summary>What a worker that has just begun to lead learns from 通信記録: whom its predecessor on another machine had asked, and who wanted a scan stopped.</summary>
internal sealed class PredecessorsMails(CommunicationStore communications, AskedStore asked, StopRequests stops, SeenStore seen, WorkerIdentity identity, Leader leader)
{
    private int _term;

    /// <summary>Learns once each time that this worker begins to lead; comes before the inbox is read and before any lease is written.</summary>
    internal async Task LearnAsync(CancellationToken cancellationToken)
    {
        var term = leader.Term;
        if (term == _term) return;
        var rows = await communications.AddedAfterAsync(await asked.LearnedUpToAsync(cancellationToken), cancellationToken);
        foreach (var row in rows)
        {
            if (StopNote.TryRead(row.Remark) is { } stop) await HeedAsync(row, stop, cancellationToken);
        }

        if (rows.Count > 0) await asked.LearnAsync([.. rows.Where(row => row.Holder != identity.Folder).Select(RequestOf).OfType<AskedRequest>()], rows[^1].RecordId, cancellationToken);
        _term = term;
    }

    private async Task HeedAsync(CommunicationRecord row, StopNote stop, CancellationToken cancellationToken)
    {
        var words = (await communications.LoadOneAsync(row.RecordId, cancellationToken))?.Body ?? "";
        var request = new StopRequest(stop.HeardAt, row.Party, MailDesk.ShortWords(words));
        foreach (var engagement in stop.Engagements) await stops.AddAsync(stop.Mail, engagement, request, cancellationToken);
        await seen.LookAtOnceAsync(stop.Engagements, cancellationToken);
    }

    // The questions themselves are not in the row. A step that still waits for an answer orders its mail again, and with it they come.
    private static AskedRequest? RequestOf(CommunicationRecord row) => row is { Direction: CommunicationDirection.Outgoing, Engagement: { } engagement, Kind: { } kind, MessageId.Length: > 0 }
        ? new AskedRequest
        {
            Engagement = engagement,
            Kind = kind,
            Reference = row.Reference,
            // A digest carries several requests under one Message-ID, of one engagement too.
            MessageId = $"{row.MessageId}/{row.Reference}",
            CarriedBy = row.MessageId,
            Address = row.Party.ToLowerInvariant(),
        }
        : null;
}
