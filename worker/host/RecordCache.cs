using VulnDiag.Domain;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker;

/// <summary>Records as last read or written, so that a whole record is read once per revision that is not of our own making. Thread-safe.</summary>
internal sealed class RecordCache
{
    private const int Most = 500;
    private readonly Lock _lock = new();
    private readonly LinkedList<StoredEngagement> _recent = new();
    private readonly Dictionary<EngagementId, LinkedListNode<StoredEngagement>> _byId = [];
    private readonly HashSet<EngagementId> _stale = [];

    internal StoredEngagement? Find(EngagementId id)
    {
        lock (_lock) return _stale.Contains(id) ? null : Last(id);
    }

    /// <summary>The record as last known, though kintone has listed a newer one: enough to see what must not go on.</summary>
    internal StoredEngagement? Last(EngagementId id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var node)) return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps it, unless a newer one is kept: a reading that was overtaken by a write of ours is none of what stands there now.</summary>
    internal void Keep(StoredEngagement stored)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(stored.Engagement.Id, out var kept) && kept.Value.Engagement.Revision > stored.Engagement.Revision) return;
            Drop(stored.Engagement.Id);
            _byId[stored.Engagement.Id] = _recent.AddFirst(stored);
            if (_recent.Count > Most) Drop(_recent.Last!.Value.Engagement.Id);
        }
    }

    internal void Forget(EngagementId id)
    {
        lock (_lock) Drop(id);
    }

    /// <summary>kintone lists a newer revision than the one kept: it is read again when it is needed.</summary>
    internal void Listed(EngagementId id, long revision)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(id, out var node) && node.Value.Engagement.Revision < revision) _stale.Add(id);
        }
    }

    private void Drop(EngagementId id)
    {
        _stale.Remove(id);
        if (_byId.Remove(id, out var node)) _recent.Remove(node);
    }
}
