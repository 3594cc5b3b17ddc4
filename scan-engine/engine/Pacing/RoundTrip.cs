namespace VulnDiag.Engine.Pacing;

/// <summary>How long an answer may take before a probe counts as unanswered.</summary>
/// <remarks>
/// Not thread-safe. Source: RFC 6298 sections 2 and 3 (smoothed round trip, four deviations, one second before the first
/// measurement); the least is ours: a tenth of a second, as a late answer still counts and a repeated probe costs one packet.
/// </remarks>
internal sealed class RoundTrip
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100), Most = TimeSpan.FromSeconds(3);

    private const int LagFades = 64;

    private TimeSpan _smoothed;
    private TimeSpan _deviation;
    private TimeSpan _estimate = TimeSpan.FromSeconds(1);
    private TimeSpan _lag;

    /// <summary>True once an answer was measured.</summary>
    public bool Measured { get; private set; }

    /// <summary>When a probe is given up.</summary>
    public TimeSpan Timeout => Shorter(_estimate + _lag, Most);

    /// <summary>Takes how long an answer lay unread: our own machine's delay is none of the host's, and fades from the estimate.</summary>
    public void TakeLag(TimeSpan lag) => _lag = lag > _lag ? lag : _lag - (_lag - lag) / LagFades;

    /// <summary>Takes one measurement.</summary>
    public void Take(TimeSpan sample)
    {
        if (Measured)
        {
            _deviation += ((_smoothed - sample).Duration() - _deviation) / 4;
            _smoothed += (sample - _smoothed) / 8;
        }
        else
        {
            (_smoothed, _deviation, Measured) = (sample, sample / 2, true);
        }

        var timeout = _smoothed + 4 * _deviation;
        _estimate = timeout < Least ? Least : timeout;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
