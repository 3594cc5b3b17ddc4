using System.Net;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Ports;

public sealed class UdpSlowSweepTests
{
    private const int Closed = 9;
    private readonly LeapClock _time = new();
    private readonly Dictionary<int, PortState> _told = [];

    [Theory]
    [InlineData(null)]
    [InlineData(50.0)]
    [InlineData(2.0)]
    [InlineData(1.0)]
    public async Task Closed_ports_and_silent_ones_are_told_apart_at_whatever_pace_the_host_has(double? limit)
    {
        var host = new PaperUdpHost(_time) { Limit = limit, Silent = { 1007, 1031, 1032 }, Prohibited = { 1050 } };

        await SweepAsync(host, Enumerable.Range(1000, 120));

        _told.Count.ShouldBe(120);
        _told.Where(static port => port.Value == PortState.KeptSilent).Select(static port => port.Key).Order().ShouldBe([1007, 1031, 1032]);
        _told.Where(static port => port.Value == PortState.Filtered).ShouldHaveSingleItem().Key.ShouldBe(1050);
        _told.Count(static port => port.Value == PortState.Closed).ShouldBe(116);
    }

    [Fact]
    public async Task A_moment_without_a_way_to_a_port_says_nothing_of_it()
    {
        var host = new PaperUdpHost(_time) { NoWayAtFirst = { 1001, 1002, 1003 }, Open = { 1001 }, Silent = { 1002 } };

        await SweepAsync(host, Enumerable.Range(1000, 5));

        (_told[1001], _told[1002], _told[1003]).ShouldBe((PortState.Open, PortState.KeptSilent, PortState.Closed));
    }

    [Fact]
    public async Task A_host_that_tells_of_one_port_a_second_is_asked_at_about_that_pace()
    {
        var host = new PaperUdpHost(_time) { Limit = 1 };
        var begun = _time.GetTimestamp();

        await SweepAsync(host, Enumerable.Range(1000, 200));

        _told.Values.ShouldAllBe(static state => state == PortState.Closed);
        _time.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(220));
        host.Asked.Values.Sum().ShouldBeLessThan(250);
    }

    [Fact]
    public async Task What_is_left_when_the_time_is_over_is_not_judged()
    {
        var host = new PaperUdpHost(_time) { Limit = 1 };

        await SweepAsync(host, Enumerable.Range(1000, 1000));

        _told.Count.ShouldBeInRange(200, 280);
        _told.Values.ShouldAllBe(static state => state == PortState.Closed);
    }

    [Fact]
    public async Task A_host_that_no_longer_tells_of_closed_ports_proves_no_silence()
    {
        var host = new PaperUdpHost(_time) { Silent = { Closed, 1000 } };

        await SweepAsync(host, Enumerable.Range(1000, 10));

        _told.ShouldBeEmpty();
    }

    private Task SweepAsync(PaperUdpHost host, IEnumerable<int> ports) =>
        new UdpSlowSweep(new UdpAsker(IPAddress.Loopback, host, new OpenGate(), TimeSpan.FromSeconds(1)), Closed, _time).RunAsync(ports, (port, state) =>
        {
            _told[port] = state;
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
}
