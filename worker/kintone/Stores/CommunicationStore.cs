using VulnDiag.Domain;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Stores;

/// <summary>What became of a claim.</summary>
/// <param name="Mine">True when this call (or an earlier one of the same holder) made the row: go on. False: another has it.</param>
/// <param name="Record">The row as it stands.</param>
public sealed record ClaimResult(bool Mine, CommunicationRecord Record);

/// <summary>Reads and writes 通信記録. The unique key of a row is the claim that makes a mail go out once.</summary>
/// <remarks>Thread-safe. Failures come as <see cref="KintoneException"/> and <see cref="RecordShapeException"/>.</remarks>
public sealed class CommunicationStore
{
    private readonly KintoneClient _client;
    private readonly long _app;

    /// <summary>Makes a store.</summary>
    public CommunicationStore(KintoneClient client, KintoneAppIds apps)
    {
        _client = client;
        _app = apps.Communication;
    }

    /// <summary>Which rows were written since the watermark (null: all). Costs one request unless 500 or more were. The leader row, renewed all the time, is not among them.</summary>
    public Task<RecordChanges> ChangedSinceAsync(DateTimeOffset? watermark, CancellationToken cancellationToken) =>
        ChangeReader.ReadAsync(_client, _app, OnlyMails(KintoneQuery.All), CommunicationField.ModifiedAt, watermark, cancellationToken);

    /// <summary>Adds the row of a mail unless there is one with its key.</summary>
    /// <param name="mail">The row; <see cref="CommunicationRecord.Key"/> and <see cref="CommunicationRecord.Holder"/> must be set.</param>
    /// <param name="cancellationToken">Stops waiting; the row may have been added, and the next claim of the same holder finds it.</param>
    public async Task<ClaimResult> ClaimAsync(CommunicationRecord mail, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(mail.Key);
        ArgumentException.ThrowIfNullOrEmpty(mail.Holder);
        try
        {
            var version = await _client.Records.AddAsync(_app, CommunicationMapping.WriteNew(mail), cancellationToken);
            return new ClaimResult(Mine: true, mail with { RecordId = version.Id, Revision = version.Revision });
        }
        catch (KintoneException refused) when (refused.Concerns(CommunicationField.Key.Code()) || refused is { Transient: true, NotDone: false })
        {
            // Taken by another, or by ourselves in a run that broke, or nobody knows: the row tells.
            var row = await FindAsync(mail.Key, cancellationToken);
            if (row is null) throw;
            return new ClaimResult(row.Holder == mail.Holder, row);
        }
    }

    /// <summary>Writes how a mail fares (状態, 日時, メッセージID, 回答案, 対応状況, 備考) upon the revision that was read; gives back the row as it stands.</summary>
    /// <exception cref="KintoneException">The row changed meanwhile (<see cref="KintoneException.IsConflict"/>), or kintone refused or did not answer.</exception>
    public async Task<CommunicationRecord> MarkAsync(CommunicationRecord mail, CancellationToken cancellationToken)
    {
        var revision = await _client.Records.UpdateAsync(_app, mail.RecordId, mail.Revision, CommunicationMapping.WriteProgress(mail), cancellationToken);
        return mail with { Revision = revision };
    }

    /// <summary>The row with this key, or null.</summary>
    public async Task<CommunicationRecord?> FindAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync(KintoneQuery.All.Equal(CommunicationField.Key.Code(), UniqueKey.Of(key)), cancellationToken) is [var row, ..]
            ? row with { Key = key }
            : null;

    /// <summary>The row with this number, or null when there is none or it is the leader row.</summary>
    public async Task<CommunicationRecord?> LoadOneAsync(long recordId, CancellationToken cancellationToken) =>
        await ReadAsync(KintoneQuery.All.Equal("$id", recordId), cancellationToken) is [var row, ..] ? row : null;

    /// <summary>Every mail of an engagement, by record number.</summary>
    public Task<IReadOnlyList<CommunicationRecord>> LoadAsync(EngagementId engagement, CancellationToken cancellationToken) =>
        ReadAsync(KintoneQuery.All.Equal(CommunicationField.Engagement.Code(), engagement.Value), cancellationToken);

    /// <summary>Every mail whose row came after this one, by record number and without subject, text and proposal: what a worker that takes over has to know of its predecessor.</summary>
    public async Task<IReadOnlyList<CommunicationRecord>> AddedAfterAsync(long recordId, CancellationToken cancellationToken)
    {
        var mails = new List<CommunicationRecord>();
        var query = OnlyMails(KintoneQuery.All.Above("$id", recordId));
        await foreach (var record in _client.Records.AllAsync(_app, query, CommunicationMapping.BriefFields, cancellationToken)) mails.Add(CommunicationMapping.ReadBrief(record));
        return mails;
    }

    /// <summary>Every mail whose claim stands without an outcome: after a crash the archive box decides on each.</summary>
    public Task<IReadOnlyList<CommunicationRecord>> ClaimedAsync(CancellationToken cancellationToken) =>
        ReadAsync(KintoneQuery.All.In(CommunicationField.State.Code(), Words.Of(CommunicationState.Claimed)), cancellationToken);

    /// <summary>Every proposal that the coordinator has taken and that is still to be written into ベンダ回答.</summary>
    public Task<IReadOnlyList<CommunicationRecord>> AcceptedAsync(CancellationToken cancellationToken) =>
        ReadAsync(KintoneQuery.All.In(CommunicationField.Handling.Code(), Words.Of(ProposalHandling.Accepted)), cancellationToken);

    private static KintoneQuery OnlyMails(KintoneQuery query) =>
        query.In(CommunicationField.Direction.Code(), Words.Of(CommunicationDirection.Outgoing), Words.Of(CommunicationDirection.Incoming));

    private async Task<IReadOnlyList<CommunicationRecord>> ReadAsync(KintoneQuery query, CancellationToken cancellationToken)
    {
        var mails = new List<CommunicationRecord>();
        await foreach (var record in _client.Records.AllAsync(_app, OnlyMails(query), [], cancellationToken)) mails.Add(CommunicationMapping.Read(record));
        return mails;
    }
}
