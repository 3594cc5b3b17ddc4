using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Engine.Pacing;

public sealed class PacketBudgetTests
{
    [Fact]
    public void No_second_holds_more_than_the_rate() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[0, 1500].Array[1, 200]).Sample((rate, waits) =>
        {
            var time = new FakeTimeProvider();
            var pacer = new Pacer(rate, time);
            var sent = new List<(double At, int Packets)>();
            foreach (var wait in waits)
            {
                time.Advance(TimeSpan.FromMilliseconds(wait));
                var packets = pacer.Available();
                pacer.Take(packets);
                sent.Add(((time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds, packets));
            }

            foreach (var (at, _) in sent)
                sent.Where(one => one.At >= at && one.At < at + 0.999).Sum(static one => one.Packets).ShouldBeLessThanOrEqualTo(rate);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(5000)]
    public void A_pause_earns_no_burst(int rate)
    {
        var time = new FakeTimeProvider();
        var pacer = new Pacer(rate, time);
        time.Advance(TimeSpan.FromHours(8));

        pacer.Available().ShouldBeLessThanOrEqualTo(Math.Max(1, rate / 50));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(5000)]
    public void Over_time_the_rate_is_nearly_used(int rate)
    {
        var time = new FakeTimeProvider();
        var pacer = new Pacer(rate, time);
        var sent = 0;
        for (var step = 0; step < 20_000; step++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            var packets = pacer.Available();
            pacer.Take(packets);
            sent += packets;
        }

        sent.ShouldBeInRange((int)(rate * 20 * 0.95), rate * 20 + 1);
    }

    [Fact]
    public async Task The_tighter_of_host_and_overall_holds()
    {
        var time = new FakeTimeProvider();
        var budget = new PacketBudget(perHost: 1000, overall: 1, time);
        await budget.TakeUpToAsync(1, CancellationToken.None);

        var second = budget.TakeUpToAsync(1, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(900));
        second.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(101));
        (await second).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_charged_afterwards_is_waited_for()
    {
        var time = new FakeTimeProvider();
        var budget = new PacketBudget(perHost: 10, overall: 10, time);
        await budget.TakeUpToAsync(1, CancellationToken.None);
        budget.Charge(5);

        var next = budget.TakeUpToAsync(1, CancellationToken.None);
        time.Advance(TimeSpan.FromMilliseconds(590));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(11));
        (await next).ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_wakes_who_waits()
    {
        var budget = new PacketBudget(perHost: 1, overall: 1, new FakeTimeProvider());
        using var stop = new CancellationTokenSource();
        await budget.TakeUpToAsync(1, stop.Token);
        var waiting = budget.TakeUpToAsync(1, stop.Token).AsTask();
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }
}
