namespace VulnDiag.Lab;

/// <summary>A clock for the demo: real time that passes as it does, plus an offset that can jump forward. Timers made from it fire when they are jumped past.</summary>
/// <remarks>Thread-safe. The timestamp jumps with the wall clock, so that intervals and instants agree, and never goes back. A periodic timer that is jumped past several times fires once, as after a machine's sleep.</remarks>
public sealed class JumpClock : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly HashSet<JumpTimer> _armed = [];
    private long _offsetTicks;

    /// <summary>A clock that shows the machine's time until it is told to jump.</summary>
    public JumpClock()
        : this(System)
    {
    }

    /// <summary>A clock over another one.</summary>
    public JumpClock(TimeProvider real)
    {
        _real = real;
        _start = real.GetTimestamp();
    }

    /// <summary>How far the clock is ahead of real time: zero or more.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What has passed on this clock since it was made, jumps included.</summary>
    internal TimeSpan Elapsed => _real.GetElapsedTime(_start) + Offset;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _real.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new JumpTimer(this, _real, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Jumps forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        JumpTimer[] armed;
        lock (_lock)
        {
            Interlocked.Add(ref _offsetTicks, by.Ticks);
            armed = [.. _armed];
        }

        // Outside of the lock: a timer takes its own lock first and the clock's second.
        foreach (var timer in armed.OrderBy(timer => timer.DueAt)) timer.Rearm();
    }

    /// <summary>Jumps to an instant. One that is already past is not gone back to: nothing happens.</summary>
    public void JumpTo(DateTimeOffset instant)
    {
        var ahead = instant - GetUtcNow();
        if (ahead > TimeSpan.Zero) Advance(ahead);
    }

    internal void SetArmed(JumpTimer timer, bool armed)
    {
        lock (_lock)
        {
            if (armed) _armed.Add(timer);
            else _armed.Remove(timer);
        }
    }
}
