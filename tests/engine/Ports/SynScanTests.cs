using Microsoft.Extensions.Time.Testing;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Ports;

public sealed class SynScanTests : IAsyncDisposable
{
    private static readonly IReadOnlyList<int> All = [.. Enumerable.Range(1, PortList.Highest)];
    private static readonly int[] Twenty = [1, 80, 443, 1024, 3001, 5555, 8080, 9999, 12345, 17001, 20000, 25565, 31337, 34567, 40000, 45678, 50000, 55555, 60001, 65535];

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly OpenGate _gate = new();
    private readonly StopSignal _stop = new();
    private readonly List<string> _said = [];
    private readonly PaperHost _host;
    private CheckpointFile? _checkpoint;

    public SynScanTests() => _host = new PaperHost(_time);

    public async ValueTask DisposeAsync()
    {
        if (_checkpoint is not null) await _checkpoint.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_answer_becomes_its_state()
    {
        _host.Open.Add(22);
        _host.Otherwise = static port => port switch { 23 => PortState.Closed, 24 => PortState.Untested, _ => PortState.Filtered };

        var states = await ScanAsync([22, 23, 24, 25]);

        (states[22], states[23], states[24], states[25]).ShouldBe((PortState.Open, PortState.Closed, PortState.Filtered, PortState.Filtered));
        _host.Asked[25].ShouldBeInRange(2, 3);
        _gate.Charged.ShouldBe(1, "the kernel's RST to the open port");
    }

    [Fact]
    public async Task A_port_that_our_own_firewall_holds_back_holds_back_no_other()
    {
        _host.Open.UnionWith(Twenty);
        _host.HeldBack.Add(25);

        var states = await ScanAsync(All);

        states[25].ShouldBe(PortState.Untested);
        Twenty.ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Untested).ShouldBe(1);
    }

    [Fact]
    public async Task Seconds_without_a_way_to_the_host_cost_no_port()
    {
        _host.Open.UnionWith(Twenty);
        _host.Unreachable = static elapsed => elapsed > TimeSpan.FromMilliseconds(200) && elapsed < TimeSpan.FromSeconds(4);

        var states = await ScanAsync(All);

        Twenty.ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Closed).ShouldBe(PortList.Highest - Twenty.Length);
    }

    [Fact]
    public async Task A_host_that_answers_is_done_with_hardly_a_packet_more_than_ports()
    {
        _host.Open.UnionWith(Twenty);

        var states = await ScanAsync(All);

        Twenty.ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Closed).ShouldBe(PortList.Highest - Twenty.Length);
        _host.Sent.ShouldBe(PortList.Highest);
    }

    [Theory]
    [InlineData(500, 100)]
    [InlineData(60, 20)]
    [InlineData(4000, 500)]
    public async Task A_host_that_drops_what_exceeds_a_limit_loses_no_port_and_is_not_asked_much_more_often(int limit, int burst)
    {
        _host.Open.UnionWith(Twenty);
        (_host.Limit, _host.Burst) = (limit, burst);

        var states = await ScanAsync(All);

        Twenty.ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Filtered).ShouldBe(0);
        _host.Sent.ShouldBeLessThan(72_000);
        _host.Elapsed.TotalSeconds.ShouldBeLessThan(1.1 * PortList.Highest / limit);
    }

    [Fact]
    public async Task A_host_that_filters_nearly_all_is_asked_twice_a_port_and_in_bounded_time()
    {
        _host.Open.Add(443);
        _host.Otherwise = static port => port == 113 ? PortState.Closed : PortState.Filtered;

        var states = await ScanAsync([443, .. All.Where(static port => port != 443)]);

        (states[443], states[113]).ShouldBe((PortState.Open, PortState.Closed));
        _host.Sent.ShouldBeLessThan(2 * PortList.Highest + 400);
        _host.Elapsed.TotalSeconds.ShouldBeLessThan(60);
    }

    [Fact]
    public async Task A_host_that_never_answers_is_done_in_bounded_time_too()
    {
        _host.Otherwise = static _ => PortState.Filtered;

        var states = await ScanAsync(All);

        states.Count(All, PortState.Filtered).ShouldBe(PortList.Highest);
        _host.Sent.ShouldBeLessThan(2 * PortList.Highest + 64);
        _host.Elapsed.TotalSeconds.ShouldBeLessThan(150);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public async Task Losses_on_the_way_hide_no_port(double loss)
    {
        _host.Open.UnionWith(Twenty);
        _host.Loss = loss;
        _host.Latency = TimeSpan.FromMilliseconds(15);

        var states = await ScanAsync([.. All.Take(20_000)]);

        Twenty.Where(static port => port <= 20_000).ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Filtered).ShouldBeLessThan(20, "each port lost all its probes");
    }

    [Fact]
    public async Task One_filtered_port_in_ten_does_not_slow_the_scan_down_for_good()
    {
        _host.Otherwise = static port => port % 10 == 3 ? PortState.Filtered : PortState.Closed;

        var states = await ScanAsync(Shuffled);

        states.Count(All, PortState.Filtered).ShouldBe(All.Count(static port => port % 10 == 3));
        _host.Elapsed.TotalSeconds.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task An_outage_of_seconds_is_waited_for_and_hides_no_port()
    {
        _host.Open.UnionWith(Twenty);
        _host.Latency = TimeSpan.FromMilliseconds(20);
        _host.Down = static at => at.TotalSeconds is > 0.5 and < 4;

        var states = await ScanAsync(Shuffled);

        Twenty.ShouldAllBe(port => states[port] == PortState.Open);
        states.Count(All, PortState.Filtered).ShouldBe(0);
        _host.Bursts.Where(static burst => burst.At.TotalSeconds is > 2 and < 4).Sum(static burst => burst.Probes).ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_host_that_falls_silent_stops_the_scan_and_little_is_sent_to_it()
    {
        _host.Latency = TimeSpan.FromMilliseconds(20);
        _host.Down = static at => at.TotalSeconds > 0.5;

        await Should.ThrowAsync<ScanHaltedException>(() => ScanAsync(Shuffled));

        _stop.Current!.Word.ShouldBe("host-silent");
        _host.Elapsed.TotalSeconds.ShouldBeInRange(30, 60);
        _host.Bursts.Where(static burst => burst.At.TotalSeconds > 1.5).Sum(static burst => burst.Probes).ShouldBeLessThan(20);
        _checkpoint!.State.Tcp.Count(All, PortState.Filtered).ShouldBe(0, "the silence of a host that is gone says nothing of its ports");
    }

    [Fact]
    public async Task Answers_that_our_own_capture_lost_are_said_and_asked_for_again()
    {
        _host.CaptureLoses = (10_000, 300);

        var states = await ScanAsync(All);

        states.Count(All, PortState.Closed).ShouldBe(PortList.Highest);
        _said.ShouldContain(static words => words.Contains("too busy to read 300 answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_lost_now_and_then_during_hours_do_not_end_the_scan()
    {
        _host.CaptureLosesEvery = TimeSpan.FromMinutes(1);

        var states = await ScanAsync(All, new PacedGate(_time, 10));

        _host.Dropped.ShouldBeGreaterThan(50);
        states.Count(All, PortState.Closed).ShouldBe(PortList.Highest);
    }

    [Fact]
    public async Task A_capture_that_loses_every_answer_is_not_waited_for_without_end()
    {
        _host.CaptureLoses = (0, int.MaxValue);

        var states = await ScanAsync(All);

        states.Count(All, PortState.Untested).ShouldBeGreaterThan(0);
        states.Count(All, PortState.Filtered).ShouldBe(0);
    }

    [Fact]
    public async Task Answers_that_take_longer_and_longer_slow_the_scan_down()
    {
        // A queue of 20,000 packets a second that no one drops from: only the latency tells.
        var queue = 0.0;
        var last = TimeSpan.Zero;
        _host.Latency = TimeSpan.FromMilliseconds(5);
        _host.Otherwise = _ =>
        {
            queue = Math.Max(0, queue - (_host.Elapsed - last).TotalSeconds * 2000) + 1;
            last = _host.Elapsed;
            _host.Latency = TimeSpan.FromMilliseconds(5 + queue / 2);
            return PortState.Closed;
        };

        await ScanAsync([.. Shuffled.Take(20_000)]);

        _host.Bursts.Where(static burst => burst.At.TotalSeconds is > 2 and < 3).Sum(static burst => burst.Probes).ShouldBeLessThan(2500);
    }

    [Fact]
    public async Task A_pass_that_was_broken_off_repeats_at_most_a_hundredth()
    {
        using var stop = new CancellationTokenSource();
        _host.Latency = TimeSpan.FromMilliseconds(10);
        _host.Otherwise = port =>
        {
            if (_host.Sent == 30_000) stop.Cancel();
            return PortState.Closed;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => ScanAsync(Shuffled, cancellationToken: stop.Token));
        await _checkpoint!.DisposeAsync();

        var states = await ScanAsync(Shuffled);

        states.Count(All, PortState.Closed).ShouldBe(PortList.Highest);
        _host.Sent.ShouldBeLessThan((int)(PortList.Highest * 1.01));
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(200, 0.98)]
    [InlineData(2000, 0)]
    [InlineData(2000, 0.98)]
    public async Task The_time_told_before_the_start_is_met(int rate, double silentShare)
    {
        var luck = new Random(3);
        var order = Shuffled.Take(rate * 15).ToList();
        var silent = All.Where(_ => luck.NextDouble() < silentShare).ToHashSet();
        _host.Otherwise = port => silent.Contains(port) ? PortState.Filtered : PortState.Closed;
        _host.Latency = TimeSpan.FromMilliseconds(20);
        var gate = new PacedGate(_time, rate);
        var told = PortForecast.Of(order.Count, gate.SteadyRate);

        await ScanAsync(order, gate);

        var (forecast, tolerance) = silentShare > 0 ? (told.WhereTheyAreSilent, 0.3) : (told.WhereTheyAnswer, 0.1);
        (_host.Elapsed / forecast).ShouldBeInRange(1 - tolerance, 1 + tolerance);
    }

    private static IReadOnlyList<int> Shuffled => [.. PortOrder.Shuffle(All, 7)];

    private async Task<PortStates> ScanAsync(IReadOnlyList<int> order, IPacketGate? gate = null, CancellationToken cancellationToken = default)
    {
        var start = new CheckpointStart(new ScanPlan(ScanPlan.CurrentSchema, "127.0.0.1", null, "L1", "1", ""), 1, Authorizations.Now);
        _checkpoint = (await CheckpointFile.OpenAsync(_folder.File("checkpoint"), start, _time, CancellationToken.None)).File;
        await new SynScan(_host, gate ?? _gate, _checkpoint!, ceiling: 100_000, _stop, _said.Add, _time).RunAsync(order, static _ => { }, cancellationToken);
        return _checkpoint!.State.Tcp;
    }
}
