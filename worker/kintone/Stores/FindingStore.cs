using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Stores;

/// <summary>A finding that a person wrote.</summary>
/// <param name="Id">Record id.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Engagement">案件番号.</param>
public sealed record ChangedFinding(long Id, long Revision, EngagementId Engagement);

/// <summary>What people changed in 指摘事項.</summary>
/// <param name="Records">By rising id.</param>
/// <param name="Watermark">To be given to the next call.</param>
public sealed record FindingChanges(IReadOnlyList<ChangedFinding> Records, DateTimeOffset? Watermark);

/// <summary>Reads and writes 指摘事項. What a person decided is never overwritten: it is written with a new row only.</summary>
/// <remarks>Thread-safe. Failures come as <see cref="KintoneException"/> and <see cref="RecordShapeException"/>.</remarks>
public sealed class FindingStore
{
    private readonly KintoneClient _client;
    private readonly long _app;

    /// <summary>Makes a store.</summary>
    public FindingStore(KintoneClient client, KintoneAppIds apps)
    {
        _client = client;
        _app = apps.Finding;
    }

    /// <summary>Which findings were written since the watermark (null: all). Costs one request unless 500 or more were.</summary>
    public Task<RecordChanges> ChangedSinceAsync(DateTimeOffset? watermark, CancellationToken cancellationToken) =>
        ChangeReader.ReadAsync(_client, _app, KintoneQuery.All, FindingField.ModifiedAt, watermark, cancellationToken);

    /// <summary>Which findings somebody else than <paramref name="login"/> wrote last, since the watermark (null: all). Costs one request unless 500 or more were.</summary>
    public async Task<FindingChanges> ChangedByOthersSinceAsync(string login, DateTimeOffset? watermark, CancellationToken cancellationToken)
    {
        var query = KintoneQuery.All.NotIn(FindingField.ModifiedBy.Code(), login);
        if (watermark is { } since) query = query.NotBefore(FindingField.ModifiedAt.Code(), since - ChangeReader.Overlap);
        IReadOnlyList<string> fields = ["$id", "$revision", FindingField.Engagement.Code(), FindingField.ModifiedAt.Code()];
        var changed = new List<ChangedFinding>();
        var latest = watermark;
        await foreach (var record in _client.Records.AllAsync(_app, query, fields, cancellationToken))
        {
            var reader = new FieldReader<FindingField>(record);
            if (reader.Number(FindingField.Engagement) is { } engagement)
                changed.Add(new ChangedFinding(record.RecordId(), record.RecordRevision(), new EngagementId(engagement)));
            if (reader.Time(FindingField.ModifiedAt) is { } at && (latest is null || at > latest)) latest = at;
        }

        return new FindingChanges(changed, latest);
    }

    /// <summary>Reads the findings of an engagement, by record number.</summary>
    public async Task<IReadOnlyList<FindingRecord>> LoadAsync(EngagementId engagement, CancellationToken cancellationToken)
    {
        var findings = new List<FindingRecord>();
        var query = KintoneQuery.All.Equal(FindingField.Engagement.Code(), engagement.Value);
        await foreach (var record in _client.Records.AllAsync(_app, query, [], cancellationToken)) findings.Add(FindingMapping.Read(record));
        return findings;
    }

    /// <summary>Reads one finding, or null when there is no such record.</summary>
    public async Task<FindingRecord?> LoadOneAsync(long recordId, CancellationToken cancellationToken) =>
        await _client.Records.GetAsync(_app, recordId, cancellationToken) is { } record ? FindingMapping.Read(record) : null;

    /// <summary>Writes the findings of one engagement: rows that are new are added, of the others the machine's layer alone is written.</summary>
    /// <remarks>Repeatable: a row that an earlier, broken run added is found among those stored by its unique key and taken as read.</remarks>
    /// <param name="known">The engagement's findings as read. One that came meanwhile is refused by its unique key: read again, and save again.</param>
    /// <param name="findings">The findings as they should stand.</param>
    /// <param name="cancellationToken">Stops waiting; some of the rows may have been written.</param>
    /// <exception cref="KintoneException">Somebody changed a row meanwhile (<see cref="KintoneException.IsConflict"/>), or kintone refused or did not answer.</exception>
    public async Task SaveAsync(IReadOnlyList<FindingRecord> known, IReadOnlyList<FindingRecord> findings, CancellationToken cancellationToken)
    {
        var stored = known.ToDictionary(FindingMapping.KeyOf, StringComparer.Ordinal);
        var added = new List<JObject>();
        var changed = new List<(RecordVersion, JObject)>();
        foreach (var finding in findings)
        {
            if (!stored.TryGetValue(FindingMapping.KeyOf(finding), out var old))
                added.Add(FindingMapping.WriteNew(finding));
            else if (Differ(old, finding) is { } changes)
                changed.Add((new RecordVersion(old.RecordId, old.Revision), changes));
        }

        foreach (var batch in added.Chunk(RecordResource.LargestBatch)) await _client.Records.AddManyAsync(_app, batch, cancellationToken);
        foreach (var batch in changed.Chunk(RecordResource.LargestBatch)) await _client.Records.UpdateManyAsync(_app, batch, cancellationToken);
    }

    /// <summary>The vulnerabilities that are not marked as exploited, by engagement and record; what people judged to be none is left out.</summary>
    public async Task<IReadOnlyList<FindingRecord>> NotKnownExploitedAsync(CancellationToken cancellationToken)
    {
        var findings = new List<FindingRecord>();
        await foreach (var record in _client.Records.AllAsync(_app, KintoneQuery.All, [], cancellationToken))
        {
            var finding = FindingMapping.Read(record);
            if (finding.Machine is { Kev: false, Cve.Count: > 0 } && finding.Decision.Verdict is not FindingVerdict.FalsePositive && finding.Change is not FindingChange.Fixed) findings.Add(finding);
        }

        return findings;
    }

    /// <summary>Marks findings as exploited; nothing else of them is written.</summary>
    /// <exception cref="KintoneException">Somebody changed a row meanwhile (<see cref="KintoneException.IsConflict"/>), or kintone refused or did not answer.</exception>
    public async Task MarkExploitedAsync(IReadOnlyList<FindingRecord> findings, CancellationToken cancellationToken)
    {
        foreach (var batch in findings.Select(static finding => (new RecordVersion(finding.RecordId, finding.Revision), FindingMapping.WriteExploited())).Chunk(RecordResource.LargestBatch))
            await _client.Records.UpdateManyAsync(_app, batch, cancellationToken);
    }

    private static JObject? Differ(FindingRecord old, FindingRecord finding)
    {
        var wanted = FindingMapping.WriteMachine(finding);
        return JToken.DeepEquals(FindingMapping.WriteMachine(old), wanted) ? null : wanted;
    }
}
