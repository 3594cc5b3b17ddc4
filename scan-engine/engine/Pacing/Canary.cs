namespace VulnDiag.Engine.Pacing;

/// <summary>
/// Ports that are known to answer, asked once in a while when nothing else answers: they tell a host that filters from one that is gone
/// or drops what it gets.
/// </summary>
/// <remarks>Not thread-safe. Closed ports are taken first: a refusal costs the host least. Source: SPEC "Scanning".</remarks>
internal sealed class Canary(TimeProvider time)
{
    /// <summary>As many probes in a row without any answer call for a canary.</summary>
    public const int EveryProbes = 512;

    private const int MaxPorts = 4, LeastSilences = 6;
    private static readonly TimeSpan EveryTime = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5), SilenceUntilStop = TimeSpan.FromSeconds(30);

    private readonly List<int> _closed = [];
    private readonly List<int> _open = [];
    private long _lastSign = time.GetTimestamp();
    private int _probes;
    private int _turn;

    /// <summary>True when a port is known that answers.</summary>
    public bool Known => _closed.Count + _open.Count > 0;

    /// <summary>When the last canary left, as a timestamp.</summary>
    public long AskedAt { get; private set; }

    /// <summary>True while a canary may still be answered in time.</summary>
    public bool InFlight { get; private set; }

    /// <summary>Canaries in a row that stayed silent; while it is not 0, nothing else is sent.</summary>
    public int Silences { get; private set; }

    /// <summary>True when a host that answered has fallen silent for good.</summary>
    public bool HostIsGone => Silences >= LeastSilences && time.GetElapsedTime(_lastSign) >= SilenceUntilStop;

    /// <summary>Remembers a port that answered.</summary>
    public void Learn(int port, bool closed)
    {
        var ports = closed ? _closed : _open;
        if (ports.Count < MaxPorts && !ports.Contains(port)) ports.Add(port);
    }

    /// <summary>Anything of the host's own came back.</summary>
    public void Sign()
    {
        (_lastSign, _probes, Silences, InFlight) = (time.GetTimestamp(), 0, 0, false);
    }

    /// <summary>Probes left.</summary>
    public void Sent(int probes) => _probes += probes;

    /// <summary>The port to ask now.</summary>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="waitedFor">True when silences wait for a sign of life and nothing else is to be sent.</param>
    /// <returns>Null while no canary is called for.</returns>
    public int? Due(TimeSpan timeout, bool waitedFor)
    {
        if (!Known || InFlight || !(Silences > 0 ? time.GetElapsedTime(AskedAt) >= Pause : waitedFor || IsQuiet(timeout))) return null;
        return _turn % 2 == 0 && _closed.Count > 0 || _open.Count == 0 ? _closed[_turn / 2 % _closed.Count] : _open[_turn / 2 % _open.Count];
    }

    /// <summary>The canary left.</summary>
    public void Asked() => (InFlight, AskedAt) = (true, time.GetTimestamp());

    /// <summary>How long the canary in flight has left; null when none is in flight.</summary>
    public TimeSpan? Left(TimeSpan timeout) => InFlight ? timeout - time.GetElapsedTime(AskedAt) : Silences > 0 ? Pause - time.GetElapsedTime(AskedAt) : null;

    /// <summary>Looks whether the canary in flight stayed silent; the next one asks another port.</summary>
    public bool FellSilent(TimeSpan timeout)
    {
        if (!InFlight || time.GetElapsedTime(AskedAt) < timeout) return false;
        InFlight = false;
        _turn++;
        Silences++;
        return true;
    }

    private bool IsQuiet(TimeSpan timeout)
    {
        var quiet = time.GetElapsedTime(_lastSign);
        return _probes > 0 && (quiet >= EveryTime || (quiet >= timeout && _probes >= EveryProbes));
    }

    private TimeSpan Pause
    {
        get
        {
            var pause = TimeSpan.FromMilliseconds(200) * Math.Pow(2, Math.Min(Silences, 10));
            return pause < LongestPause ? pause : LongestPause;
        }
    }
}
