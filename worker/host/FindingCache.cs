using System.Collections.Concurrent;
using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker;

/// <summary>
/// Findings of an engagement as last read. They are read again once a poll lists a change of theirs, once the record of their engagement was read anew (what a
/// person pressed there is judged by the findings of no earlier moment), once we wrote them, and by a worker that has just begun to lead. Thread-safe.
/// </summary>
internal sealed class FindingCache(FindingStore store, Leader leader)
{
    private const int Most = 50;
    private readonly ConcurrentDictionary<EngagementId, Entry> _known = new();
    private long _changes;

    /// <summary>The findings as last read.</summary>
    internal async Task<IReadOnlyList<FindingRecord>> LoadAsync(EngagementId id, CancellationToken cancellationToken) =>
        _known.TryGetValue(id, out var entry) && entry.Term == leader.Term ? entry.Findings : await ReadAsync(id, cancellationToken);

    /// <summary>The findings as they stand now.</summary>
    internal async Task<IReadOnlyList<FindingRecord>> ReadAsync(EngagementId id, CancellationToken cancellationToken)
    {
        var term = leader.Term;
        Forget(id);
        var changes = Interlocked.Read(ref _changes);
        var findings = await store.LoadAsync(id, cancellationToken);
        if (_known.Count >= Most) _known.Clear();
        // Of a reading that a change overtook nobody knows whether it holds it.
        if (Interlocked.Read(ref _changes) == changes) _known[id] = new Entry(term, findings);
        return findings;
    }

    /// <summary>A poll lists this finding: unless it is the one that was read, all of its engagement are read again when they are needed.</summary>
    /// <returns>True when they are forgotten now: what was decided by them may have to be decided again.</returns>
    internal bool Listed(ChangedFinding finding)
    {
        if (_known.TryGetValue(finding.Engagement, out var entry) && entry.Findings.Any(known => known.RecordId == finding.Id && known.Revision >= finding.Revision)) return false;
        Forget(finding.Engagement);
        return entry is not null;
    }

    /// <summary>They were written, or may have been.</summary>
    internal void Forget(EngagementId id)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove(id, out _);
    }

    private sealed record Entry(int Term, IReadOnlyList<FindingRecord> Findings);
}
