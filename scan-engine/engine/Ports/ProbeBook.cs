namespace VulnDiag.Engine.Ports;

/// <summary>One probe that left and is not settled.</summary>
/// <param name="Attempt">Which one of its port.</param>
/// <param name="SentAt">Timestamp.</param>
/// <param name="Epoch">The rate's epoch that it was sent in.</param>
/// <param name="GivenUp">True once its time is over; a late answer still counts.</param>
internal readonly record struct Flight(byte Attempt, long SentAt, int Epoch, bool GivenUp);

/// <summary>Which ports were asked and are not settled: in flight, given up and not judged, or waiting to be asked again.</summary>
/// <remarks>Not thread-safe. The queues are in the order of sending (or of what is due first), so only their heads are looked at.</remarks>
internal sealed class ProbeBook(TimeProvider time)
{
    private readonly Dictionary<int, Flight> _asked = [];
    private readonly Queue<(int Port, long SentAt)> _inFlight = new();
    private readonly Queue<(int Port, long SentAt)> _unjudged = new();
    private readonly PriorityQueue<(int Port, byte Attempt), long> _again = new();

    /// <summary>Probes that may still be answered in time.</summary>
    public int InFlight { get; private set; }

    /// <summary>Silences that nothing sent later has borne out yet.</summary>
    public int Unjudged => _unjudged.Count;

    /// <summary>True when no port waits for anything.</summary>
    public bool IsEmpty => _asked.Count == 0 && _again.Count == 0;

    /// <summary>Notes a probe.</summary>
    public void Sent(int port, byte attempt, int epoch)
    {
        var now = time.GetTimestamp();
        if (_asked.TryGetValue(port, out var earlier) && !earlier.GivenUp) InFlight--;
        _asked[port] = new Flight(attempt, now, epoch, false);
        _inFlight.Enqueue((port, now));
        InFlight++;
    }

    /// <summary>Takes a port off that was answered.</summary>
    /// <returns>False when it was not waiting for an answer.</returns>
    public bool Settle(int port, out Flight flight)
    {
        if (!_asked.Remove(port, out flight)) return false;
        if (!flight.GivenUp) InFlight--;
        return true;
    }

    /// <summary>Gives up what has waited longer than <paramref name="timeout"/>.</summary>
    public void GiveUp(TimeSpan timeout, Action<Flight> lost)
    {
        while (_inFlight.TryPeek(out var oldest) && (!Waits(oldest, out var flight) || flight.GivenUp || time.GetElapsedTime(oldest.SentAt) >= timeout))
        {
            _inFlight.Dequeue();
            if (!Waits(oldest, out flight) || flight.GivenUp) continue;
            _asked[oldest.Port] = flight with { GivenUp = true };
            _unjudged.Enqueue(oldest);
            InFlight--;
            lost(flight);
        }
    }

    /// <summary>When the oldest probe in flight left; null when none is in flight.</summary>
    public long? OldestInFlight => InFlight > 0 && _inFlight.TryPeek(out var oldest) ? oldest.SentAt : null;

    /// <summary>When the first port may be asked again; null when none waits for that.</summary>
    public long? NextAgain => _again.TryPeek(out _, out var from) ? from : null;

    /// <summary>The oldest silence that left at or before <paramref name="witnessed"/>, when a probe was sent that was answered; null for any.</summary>
    public bool PeekSilence(long? witnessed, out int port, out Flight flight)
    {
        while (_unjudged.TryPeek(out var oldest))
        {
            port = oldest.Port;
            if (Waits(oldest, out flight) && flight.GivenUp) return witnessed is not { } at || oldest.SentAt <= at;
            _unjudged.Dequeue();
        }

        (port, flight) = (0, default);
        return false;
    }

    /// <summary>Has a port asked (again) from some time on.</summary>
    public void Again(int port, byte attempt, TimeSpan after) =>
        _again.Enqueue((port, attempt), time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency));

    /// <summary>Takes a port that is due to be asked again.</summary>
    public bool TakeAgain(out int port, out byte attempt)
    {
        var due = _again.TryPeek(out var next, out var from) && from <= time.GetTimestamp();
        if (due) _again.Dequeue();
        (port, attempt) = (next.Port, next.Attempt);
        return due;
    }

    /// <summary>Has everything that is not settled asked again, the attempt not counted: it proved nothing.</summary>
    public int Repeat(bool alsoInFlight)
    {
        var repeated = 0;
        foreach (var (port, flight) in _asked.Where(pair => alsoInFlight || pair.Value.GivenUp).ToList())
        {
            Settle(port, out _);
            Again(port, flight.Attempt, TimeSpan.Zero);
            repeated++;
        }

        return repeated;
    }

    private bool Waits((int Port, long SentAt) one, out Flight flight) => _asked.TryGetValue(one.Port, out flight) && flight.SentAt == one.SentAt;
}
