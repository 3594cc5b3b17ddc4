using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Stores;

/// <summary>An engagement with the record it was read from, which a later write needs (ids of table rows).</summary>
public sealed record StoredEngagement
{
    internal StoredEngagement(Engagement engagement, JObject record, bool assigneesKnown) => (Engagement, Record, AssigneesKnown) = (engagement, record, assigneesKnown);

    /// <summary>The engagement.</summary>
    public Engagement Engagement { get; }

    internal JObject Record { get; }

    /// <summary>False after a move of ours: who is assigned in the new state is kintone's to say.</summary>
    public bool AssigneesKnown { get; }
}

/// <summary>What became of a write.</summary>
public abstract record SaveResult;

/// <summary>Written. <paramref name="Stored"/> is the record as it stands now; it need not be read again.</summary>
public sealed record Saved(StoredEngagement Stored) : SaveResult;

/// <summary>Nothing was written: the record changed since it was read. Read it again and decide anew.</summary>
/// <param name="Words">kintone's words.</param>
public sealed record SaveConflict(string Words) : SaveResult;

/// <summary>Reads and writes 案件. The worker's only way to a record; the hospital's fields are never written.</summary>
/// <remarks>Thread-safe. kintone's failures come as <see cref="KintoneException"/>, a drifted app as <see cref="RecordShapeException"/>.</remarks>
public sealed class EngagementStore
{
    // Source: RULES.md "Errors": not possible from this status, or its condition not met, or unknown.
    private const string ActionNotPossible = "GAIA_IL03";

    private readonly KintoneClient _client;
    private readonly long _app;
    private readonly string _login;
    private readonly Func<HearingAnswers, HearingRecord> _readHearing;

    /// <summary>Makes a store.</summary>
    /// <param name="client">Signed in as the worker.</param>
    /// <param name="apps">Ids of the apps.</param>
    /// <param name="login">The worker's login name, to stand as 更新者 after its own writes.</param>
    /// <param name="readHearing">Normalises and reads the answers.</param>
    public EngagementStore(KintoneClient client, KintoneAppIds apps, string login, Func<HearingAnswers, HearingRecord> readHearing)
    {
        _client = client;
        _app = apps.Engagement;
        _login = login;
        _readHearing = readHearing;
    }

    /// <summary>Which engagements were written since the watermark (null: all). Costs one request unless 500 or more were.</summary>
    public Task<RecordChanges> ChangedSinceAsync(DateTimeOffset? watermark, CancellationToken cancellationToken) =>
        ChangeReader.ReadAsync(_client, _app, KintoneQuery.All, EngagementField.ModifiedAt, watermark, cancellationToken);

    /// <summary>Reads an engagement, or null when there is no such record.</summary>
    public async Task<StoredEngagement?> LoadAsync(EngagementId id, CancellationToken cancellationToken) =>
        await _client.Records.GetAsync(_app, id.Value, cancellationToken) is { } record ? Stored(record) : null;

    /// <summary>Writes changed facts and presses an action, both or neither, upon the revision that was read.</summary>
    /// <param name="stored">The record as it was read or last saved.</param>
    /// <param name="facts">The facts as they should stand.</param>
    /// <param name="move">The move to make, or null to stay.</param>
    /// <param name="cancellationToken">Stops waiting; the write may have happened.</param>
    /// <exception cref="KintoneException">kintone refused for another reason than a change, or did not answer.</exception>
    /// <exception cref="InvalidOperationException">The move leads nowhere from this state, or a field that is people's own was changed.</exception>
    public async Task<SaveResult> SaveAsync(StoredEngagement stored, EngagementFacts facts, Trigger? move, CancellationToken cancellationToken)
    {
        var engagement = stored.Engagement;
        var transition = move is { } trigger
            ? EngagementLifecycle.Find(engagement.State, trigger) ?? throw new InvalidOperationException($"{trigger} leads nowhere from {engagement.State}.")
            : null;
        var state = transition?.To ?? engagement.State;
        var changes = EngagementFactsMapping.Changes(engagement.Facts, facts, stored.Record);
        EngagementMapping.CloseAnswers(changes, stored.Record, state);
        if (changes.Count == 0 && transition is null) return new Saved(stored);
        try
        {
            var revision = await WriteAsync(engagement, changes, transition, cancellationToken);
            return new Saved(await AfterAsync(stored, facts, changes, state, revision, cancellationToken));
        }
        catch (KintoneException conflict) when (conflict.IsConflict)
        {
            return new SaveConflict(conflict.Message);
        }
        catch (KintoneException refused) when (refused.Code == ActionNotPossible)
        {
            // Somebody pressed a button first, or the app has drifted: only the revision tells.
            if (await IsUnchangedAsync(engagement, cancellationToken)) throw;
            return new SaveConflict(refused.Message);
        }
    }

    /// <summary>Makes a person an assignee of the present state beside those who already are.</summary>
    /// <returns>The record as it stands now, or a conflict when it changed since it was read.</returns>
    /// <exception cref="InvalidOperationException">The record was moved by us and not read since: nobody knows who is assigned.</exception>
    public async Task<SaveResult> AssignAsync(StoredEngagement stored, string person, CancellationToken cancellationToken)
    {
        if (!stored.AssigneesKnown) throw new InvalidOperationException("Read the record again before assigning: this one was moved since.");
        var engagement = stored.Engagement;
        if (engagement.Assignees.Contains(person, StringComparer.Ordinal)) return new Saved(stored);
        IReadOnlyList<string> assignees = [.. engagement.Assignees, person];
        try
        {
            var revision = await _client.Statuses.AssignAsync(_app, engagement.Id.Value, engagement.Revision, assignees, cancellationToken);
            return new Saved(Stored(EngagementMapping.Assigned(stored.Record, assignees, revision, _login)));
        }
        catch (KintoneException conflict) when (conflict.IsConflict)
        {
            return new SaveConflict(conflict.Message);
        }
    }

    /// <summary>True when writing these facts would change the record: what kintone cannot hold apart, such as seconds, is no change.</summary>
    /// <exception cref="InvalidOperationException">A field that is people's own was changed.</exception>
    public static bool WouldChange(StoredEngagement stored, EngagementFacts facts) =>
        EngagementFactsMapping.Changes(stored.Engagement.Facts, facts, stored.Record).Count > 0;

    /// <summary>Uploads a file; put the result into the facts' files and save them within three days.</summary>
    /// <param name="name">File name.</param>
    /// <param name="open">Opens the content from its start; may be called again.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="cancellationToken">Stops the upload.</param>
    public async Task<AttachedFile> UploadAsync(string name, Func<Stream> open, long size, CancellationToken cancellationToken) =>
        new(await _client.Files.UploadAsync(name, open, cancellationToken), name, size);

    /// <summary>Downloads an attached file.</summary>
    public Task DownloadAsync(AttachedFile file, Stream target, CancellationToken cancellationToken) =>
        _client.Files.DownloadAsync(file.FileKey, target, cancellationToken);

    private async Task<bool> IsUnchangedAsync(Engagement engagement, CancellationToken cancellationToken) =>
        await _client.Records.GetAsync(_app, engagement.Id.Value, cancellationToken) is { } record && record.RecordRevision() == engagement.Revision;

    private Task<long> WriteAsync(Engagement engagement, JObject changes, Transition? transition, CancellationToken cancellationToken)
    {
        var version = new RecordVersion(engagement.Id.Value, engagement.Revision);
        if (transition is null) return _client.Records.UpdateAsync(_app, version.Id, version.Revision, changes, cancellationToken);
        return changes.Count == 0
            ? _client.Statuses.MoveAsync(_app, version.Id, version.Revision, transition.ActionJa, cancellationToken)
            : _client.Bulk.UpdateAndMoveAsync(_app, version, changes, transition.ActionJa, cancellationToken);
    }

    private async Task<StoredEngagement> AfterAsync(
        StoredEngagement stored, EngagementFacts facts, JObject changes, EngagementState state, long revision, CancellationToken cancellationToken)
    {
        var moved = state != stored.Engagement.State;
        if (EngagementFactsMapping.TouchFilesReadLater(changes) || (moved && PersonOf(state, facts).Length > 0))
        {
            return await LoadAsync(stored.Engagement.Id, cancellationToken)
                ?? throw new KintoneException($"Record {stored.Engagement.Id} is gone right after it was written.");
        }

        var record = EngagementMapping.After(stored.Record, changes, state, revision, _login);
        return new StoredEngagement(EngagementMapping.Read(record, _readHearing), record, assigneesKnown: !moved && stored.AssigneesKnown);
    }

    // Only kintone knows the keys by which newly attached files are downloaded, and whether the analyst or approver named in the record was assigned.
    private static string PersonOf(EngagementState state, EngagementFacts facts) => state switch
    {
        EngagementState.Analysis => facts.Analyst,
        EngagementState.ReportReview => facts.Approver,
        _ => "",
    };

    private StoredEngagement Stored(JObject record) => new(EngagementMapping.Read(record, _readHearing), record, assigneesKnown: true);
}
