namespace VulnDiag.Engine.Pacing;

/// <summary>Spaces packets so that no second holds more than the rate. Time that passed unused earns no credit beyond a small burst.</summary>
/// <remarks>
/// Not thread-safe. A bucket of C packets that fills at R a second lets at most C + R through in any second, so the two share the rate;
/// a machine that slept wakes to at most C. The idea of not catching up is masscan's (src/main-throttle.c).
/// </remarks>
internal sealed class Pacer(int packetsPerSecond, TimeProvider time)
{
    private const double BurstSeconds = 0.02;

    private readonly double _burst = Math.Max(1, Math.Floor(packetsPerSecond * BurstSeconds));
    private readonly double _rate = packetsPerSecond * BurstSeconds < 2 ? packetsPerSecond : packetsPerSecond - Math.Floor(packetsPerSecond * BurstSeconds);
    private double _tokens = 1;
    private long _filled = time.GetTimestamp();

    /// <summary>Packets a second over time: a little below the rate, as a burst may come on top in any second.</summary>
    public double SteadyRate => _rate;

    /// <summary>How many packets may go now; 0 or more.</summary>
    public int Available()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + time.GetElapsedTime(_filled, now).TotalSeconds * _rate);
        _filled = now;
        // A token that lacks a rounding error's worth is whole, or a wait of its exact length would have to be repeated.
        return Math.Max(0, (int)(_tokens + 1e-6));
    }

    /// <summary>Takes packets, also such as were sent already: the balance may fall below zero and is then waited for.</summary>
    public void Take(int packets) => _tokens -= packets;

    /// <summary>How long until one packet may go.</summary>
    public TimeSpan UntilOne() => TimeSpan.FromSeconds(Math.Max(0, (1 - _tokens) / _rate));
}
