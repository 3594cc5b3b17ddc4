using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>Everything that reached the targets, so that a test can say when the last packet came. Thread-safe; the newest 200,000 sightings are kept.</summary>
public sealed class TargetLedger
{
    private const int MaxKept = 200_000;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Queue<Sighting> _sightings = new();
    private long _total;

    internal TargetLedger(TimeProvider time) => _time = time;

    /// <summary>How many sightings there were, also those no longer kept.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>When something last arrived; null when nothing ever did.</summary>
    public DateTimeOffset? LastSeen
    {
        get
        {
            lock (_lock) return _sightings.Count > 0 ? _sightings.Last().At : null;
        }
    }

    /// <summary>The sightings kept, oldest first.</summary>
    public IReadOnlyList<Sighting> Sightings
    {
        get
        {
            lock (_lock) return [.. _sightings];
        }
    }

    /// <summary>How many arrived at an address after an instant.</summary>
    public int CountSince(IPAddress address, DateTimeOffset after) =>
        Sightings.Count(sighting => sighting.At > after && sighting.Target.Address.Equals(address));

    /// <summary>How many arrived at an address in each second that had any, by the second's start.</summary>
    public IReadOnlyDictionary<DateTimeOffset, int> PerSecond(IPAddress address) =>
        Sightings.Where(sighting => sighting.Target.Address.Equals(address))
            .GroupBy(sighting => DateTimeOffset.FromUnixTimeSeconds(sighting.At.ToUnixTimeSeconds()))
            .ToDictionary(second => second.Key, second => second.Count());

    internal void Add(SightingKind kind, IPEndPoint target, EndPoint? from)
    {
        lock (_lock)
        {
            _total++;
            _sightings.Enqueue(new Sighting(_time.GetUtcNow(), kind, target, from));
            if (_sightings.Count > MaxKept) _sightings.Dequeue();
        }
    }
}
