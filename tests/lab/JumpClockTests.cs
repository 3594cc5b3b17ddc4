using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Lab;

public sealed class JumpClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly JumpClock _clock;

    public JumpClockTests() => _clock = new JumpClock(_real);

    [Fact]
    public void It_follows_real_time_and_adds_its_jumps()
    {
        _real.Advance(TimeSpan.FromSeconds(5));
        _clock.GetUtcNow().ShouldBe(Start.AddSeconds(5));
        _clock.Advance(TimeSpan.FromDays(3));
        _clock.GetUtcNow().ShouldBe(Start.AddDays(3).AddSeconds(5));
        _clock.Offset.ShouldBe(TimeSpan.FromDays(3));
        _real.Advance(TimeSpan.FromSeconds(1));
        _clock.GetUtcNow().ShouldBe(Start.AddDays(3).AddSeconds(6));
        _clock.Offset.ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public void Intervals_agree_with_instants_across_jumps()
    {
        Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000]).Array[0, 20].Sample(steps =>
        {
            var real = new FakeTimeProvider(Start);
            var clock = new JumpClock(real);
            var (from, timestamp, last) = (clock.GetUtcNow(), clock.GetTimestamp(), clock.GetTimestamp());
            foreach (var (pass, jump) in steps)
            {
                real.Advance(TimeSpan.FromTicks(pass));
                clock.Advance(TimeSpan.FromTicks(jump));
                clock.GetTimestamp().ShouldBeGreaterThanOrEqualTo(last);
                last = clock.GetTimestamp();
            }

            clock.GetElapsedTime(timestamp).ShouldBe(clock.GetUtcNow() - from);
        });
    }

    [Fact]
    public void A_jump_to_the_past_does_nothing_and_a_negative_one_is_an_error()
    {
        _clock.JumpTo(Start.AddHours(2));
        _clock.GetUtcNow().ShouldBe(Start.AddHours(2));
        _clock.JumpTo(Start);
        _clock.GetUtcNow().ShouldBe(Start.AddHours(2));
        Should.Throw<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void A_timer_fires_in_real_time_without_a_jump()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromSeconds(9));
        fired.ShouldBe(0);
        _real.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(1);
        _real.Advance(TimeSpan.FromDays(1));
        fired.ShouldBe(1);
    }

    [Fact]
    public void A_timer_that_is_jumped_past_fires_once_and_one_that_is_not_waits_for_the_rest()
    {
        var (near, far) = (0, 0);
        using var first = _clock.CreateTimer(_ => near++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        using var second = _clock.CreateTimer(_ => far++, null, TimeSpan.FromHours(3), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromHours(2));
        _real.Advance(TimeSpan.Zero);
        near.ShouldBe(1);
        far.ShouldBe(0);
        _real.Advance(TimeSpan.FromHours(1));
        far.ShouldBe(1);
    }

    [Fact]
    public void A_periodic_timer_keeps_its_beat_and_does_not_make_up_for_missed_ones()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = _clock.CreateTimer(_ => fired.Add(_clock.GetUtcNow()), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _real.Advance(TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(10.5));
        _real.Advance(TimeSpan.Zero);
        fired.Count.ShouldBe(2);
        _real.Advance(TimeSpan.FromMinutes(0.5));
        fired.ShouldBe([Start.AddMinutes(1), Start.AddMinutes(11.5), Start.AddMinutes(12)]);
    }

    [Fact]
    public void A_timer_can_wait_longer_than_a_real_one()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromDays(100), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromDays(99));
        for (var day = 0; day < 23; day++) _real.Advance(TimeSpan.FromHours(1));
        fired.ShouldBe(0);
        _real.Advance(TimeSpan.FromHours(1));
        fired.ShouldBe(1);
    }

    [Fact]
    public void A_changed_or_disposed_timer_keeps_to_it()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        timer.Change(TimeSpan.FromHours(5), Timeout.InfiniteTimeSpan).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromHours(4));
        _real.Advance(TimeSpan.Zero);
        fired.ShouldBe(0);
        timer.Dispose();
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromHours(4));
        _real.Advance(TimeSpan.FromHours(4));
        fired.ShouldBe(0);
    }

    [Fact]
    public async Task Delays_and_cancellations_made_from_it_end_with_a_jump()
    {
        var clock = new JumpClock();
        var delay = Task.Delay(TimeSpan.FromDays(40), clock, CancellationToken.None);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromDays(40), clock);
        clock.Advance(TimeSpan.FromDays(41));
        await delay;
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation.Token).ContinueWith(task => task.IsCanceled.ShouldBeTrue(), TaskScheduler.Default);
    }

    [Fact]
    public async Task Jumps_from_many_threads_add_up_and_lose_no_timer()
    {
        var clock = new JumpClock();
        var delays = Enumerable.Range(1, 200).Select(hour => Task.Delay(TimeSpan.FromHours(hour), clock, CancellationToken.None)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var jump = 0; jump < 50; jump++) clock.Advance(TimeSpan.FromHours(1));
        })));
        clock.Offset.ShouldBe(TimeSpan.FromHours(200));
        await Task.WhenAll(delays);
    }
}
