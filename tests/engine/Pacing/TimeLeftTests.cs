using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Engine.Pacing;

public sealed class TimeLeftTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Nothing_is_told_before_anything_is_done()
    {
        var left = new TimeLeft(_time);

        left.After(500, 1000).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(3));
        left.After(500, 1000).ShouldBeNull();
    }

    [Fact]
    public void What_was_done_by_an_earlier_run_is_no_pace()
    {
        var left = new TimeLeft(_time);
        left.After(900, 1000);
        _time.Advance(TimeSpan.FromSeconds(10));

        left.After(910, 1000)!.Value.TotalSeconds.ShouldBe(90, 0.01);
    }

    [Theory]
    [InlineData(200, 50)]
    [InlineData(50, 200)]
    public void A_change_of_pace_is_told_within_half_a_minute(int before, int after)
    {
        const int total = 100_000;
        var (left, done) = (new TimeLeft(_time), 0);
        for (var second = 0; second < 120; second++) Step(before);
        for (var second = 0; second < 31; second++) Step(after);

        left.After(done, total)!.Value.TotalSeconds.ShouldBe((total - done) / (double)after, (total - done) / (double)after * 0.1);

        void Step(int ports)
        {
            left.After(done, total);
            _time.Advance(TimeSpan.FromSeconds(1));
            done += ports;
        }
    }
}
