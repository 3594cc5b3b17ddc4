using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Engine.Support;

/// <summary>A clock that leaps over every wait: for code that does one thing after another.</summary>
internal sealed class LeapClock : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero) return base.CreateTimer(callback, state, dueTime, period);
        Advance(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
