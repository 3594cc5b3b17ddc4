namespace VulnDiag.Engine.Pacing;

/// <summary>The packet budget: a rate for the host and one for the whole process; the tighter one holds.</summary>
/// <remarks>Thread-safe. Source: SPEC "Scanning" (a packet budget per host and overall).</remarks>
internal sealed class PacketBudget(int perHost, int overall, TimeProvider time)
{
    // Shorter waits are lost in the timer's own grain.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Pacer _host = new(perHost, time);
    private readonly Pacer _overall = new(overall, time);
    private readonly Lock _taking = new();

    /// <summary>Packets a second that the host gets at most.</summary>
    public int Rate { get; } = Math.Min(perHost, overall);

    /// <summary>Packets a second that go over time.</summary>
    public double SteadyRate => Math.Min(_host.SteadyRate, _overall.SteadyRate);

    /// <summary>Waits until something may go, and takes up to <paramref name="wanted"/> packets.</summary>
    /// <returns>How many were granted: at least 1.</returns>
    public async ValueTask<int> TakeUpToAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var granted = TryTake(wanted, out var wait);
            if (granted > 0) return granted;
            await Task.Delay(wait < ShortestWait ? ShortestWait : wait, time, cancellationToken);
        }
    }

    /// <summary>Waits until something may go, and takes exactly <paramref name="packets"/>; the next ones wait for what was borrowed.</summary>
    public async ValueTask TakeAsync(int packets, CancellationToken cancellationToken)
    {
        await TakeUpToAsync(1, cancellationToken);
        Charge(packets - 1);
    }

    /// <summary>Takes packets that went already.</summary>
    public void Charge(int packets)
    {
        lock (_taking)
        {
            _host.Take(packets);
            _overall.Take(packets);
        }
    }

    private int TryTake(int wanted, out TimeSpan wait)
    {
        lock (_taking)
        {
            var granted = Math.Min(wanted, Math.Min(_host.Available(), _overall.Available()));
            wait = _host.UntilOne() > _overall.UntilOne() ? _host.UntilOne() : _overall.UntilOne();
            _host.Take(granted);
            _overall.Take(granted);
            return granted;
        }
    }
}
