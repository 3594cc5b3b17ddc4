namespace VulnDiag.Lab;

/// <summary>A timer of a <see cref="JumpClock"/>: a real timer that is set anew whenever the clock jumps.</summary>
internal sealed class JumpTimer : ITimer
{
    // A real timer cannot wait longer than some 49 days; it wakes once a day and waits on.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly JumpClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _real;
    private readonly Lock _lock = new();
    private TimeSpan? _dueAt;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    public JumpTimer(JumpClock clock, TimeProvider real, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _real = real.CreateTimer(_ => OnRealTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When it fires next, on the clock's scale; null when it does not.</summary>
    public TimeSpan? DueAt
    {
        get
        {
            lock (_lock) return _dueAt;
        }
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_lock)
        {
            if (_disposed) return false;
            _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Elapsed + dueTime;
            _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            Wait();
        }

        return true;
    }

    /// <summary>Sets the real timer anew, after the clock jumped.</summary>
    public void Rearm()
    {
        lock (_lock)
        {
            if (!_disposed) Wait();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _dueAt = null;
            _clock.SetArmed(this, armed: false);
        }

        _real.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return _real.DisposeAsync();
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name);
    }

    private void OnRealTimer()
    {
        lock (_lock)
        {
            if (_disposed || _dueAt is not { } due) return;
            if (_clock.Elapsed < due)
            {
                Wait();
                return;
            }

            _dueAt = _period == Timeout.InfiniteTimeSpan ? null : NextAfterNow(due);
            Wait();
        }

        _callback(_state);
    }

    /// <summary>The next beat that is not past: missed ones are not made up for.</summary>
    private TimeSpan NextAfterNow(TimeSpan due)
    {
        var missed = (_clock.Elapsed - due).Ticks / _period.Ticks;
        return due + TimeSpan.FromTicks((missed + 1) * _period.Ticks);
    }

    private void Wait()
    {
        _clock.SetArmed(this, _dueAt is not null);
        if (_dueAt is not { } due)
        {
            _real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Up to the next whole millisecond, or the timer would wake a little early and have to wait again.
        var left = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (due - _clock.Elapsed).TotalMilliseconds)));
        _real.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
    }
}
