namespace VulnDiag.Engine.Probes;

/// <summary>How long a host's ports are waited for where nothing says that an answer will come.</summary>
/// <remarks>
/// A wait follows the shortest time in which the host accepted a connection: seconds on a slow line, a moment on a near one. Thread-safe.
/// </remarks>
internal sealed class ProbePatience(ProbeLimits limits)
{
    private const int RoundTrips = 10;
    private static readonly TimeSpan ForGreeting = TimeSpan.FromSeconds(1.5), ForGuess = TimeSpan.FromSeconds(1), ForListenedOnly = TimeSpan.FromSeconds(3);
    private long _fastest = TimeSpan.FromMilliseconds(100).Ticks;

    /// <summary>For the greeting of a server that speaks first.</summary>
    public ProbeLimits Greeting => Reading(ForGreeting);

    /// <summary>For the answer to a question in a protocol that the port may not speak.</summary>
    public ProbeLimits Guess => Reading(ForGuess);

    /// <summary>For ports that are never written to.</summary>
    public ProbeLimits ListenedOnly => Reading(ForListenedOnly);

    /// <summary>For a server that looks its caller up before it greets. Asked for once, when nothing else is left.</summary>
    public ProbeLimits LateGreeting { get; } = limits with { Read = limits.Read * 2 };

    /// <summary>A connection took this long to be accepted.</summary>
    public void Connected(TimeSpan elapsed)
    {
        var known = Interlocked.Read(ref _fastest);
        while (elapsed.Ticks < known)
        {
            var before = Interlocked.CompareExchange(ref _fastest, elapsed.Ticks, known);
            if (before == known) return;
            known = before;
        }
    }

    private ProbeLimits Reading(TimeSpan least) =>
        limits with { Read = Shorter(limits.Read, least + TimeSpan.FromTicks(Interlocked.Read(ref _fastest)) * RoundTrips) };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
