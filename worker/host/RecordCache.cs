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

    internal StoredEngagement? Find(EngagementId id)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var node)) return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value;
        }
    }

    internal void Keep(StoredEngagement stored)
    {
        lock (_lock)
        {
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
            if (_byId.TryGetValue(id, out var node) && node.Value.Engagement.Revision < revision) Drop(id);
        }
    }

    private void Drop(EngagementId id)
    {
        if (_byId.Remove(id, out var node)) _recent.Remove(node);
    }
}
