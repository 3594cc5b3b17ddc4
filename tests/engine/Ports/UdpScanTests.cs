using System.Net;
using System.Net.Sockets;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

public sealed class UdpScanTests
{
    [Fact]
    public async Task Answering_silent_and_closed_ports_are_told_apart()
    {
        await using var bench = await ScanBench.CreateAsync();
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Parse("127.4.5.1"), 0));
        using var answering = new UdpClient(new IPEndPoint(IPAddress.Parse("127.4.5.1"), 0));
        using var over = new CancellationTokenSource();
        var serving = AnswerAsync(answering, over.Token);
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.5.1"));

        var result = await ScanBench.RunAsync(bench.Request("", $"9,{PortOf(silent)},{PortOf(answering)}"));

        await over.CancelAsync();
        await serving;
        result.Coverage.Udp.ShouldBe(new UdpCoverage(Open: 1, Closed: 1, OpenOrFiltered: 1, Untested: 0, Unresolved: 1));
        var port = result.Ports.ShouldHaveSingleItem();
        (port.Protocol, port.Port, port.State).ShouldBe((Transport.Udp, PortOf(answering), "open"));
    }

    [Fact]
    public async Task Only_a_port_that_there_is_no_way_to_twice_is_filtered()
    {
        var time = new LeapClock();
        var host = new PaperUdpHost(time) { NoWayAtFirst = { 1001, 1003 }, Open = { 1001 }, Prohibited = { 1002 } };
        using var folder = new TempFolder();
        var start = new CheckpointStart(new ScanPlan(ScanPlan.CurrentSchema, "127.0.0.1", null, "L1", "", "1"), 1, Authorizations.Now);
        await using var checkpoint = (await CheckpointFile.OpenAsync(folder.File("checkpoint"), start, time, CancellationToken.None)).File!;
        var scan = new UdpScan(new UdpAsker(IPAddress.Loopback, host, new OpenGate(), TimeSpan.FromSeconds(1)), checkpoint, time);

        await scan.RunAsync([1001, 1002, 1003], static (_, _) => { }, static _ => { }, CancellationToken.None);

        var states = checkpoint.State.Udp;
        (states[1001], states[1002], states[1003]).ShouldBe((PortState.Open, PortState.Filtered, PortState.Closed));
        host.Asked[1002].ShouldBe(2);
    }

    [Theory]
    // Lengths that the protocols state inside their own messages: RFC 1157's BER length, RFC 2408's and RFC 2661's length fields.
    [InlineData(161, 1, 1, 2)]
    [InlineData(500, 24, 4, 0)]
    [InlineData(4500, 28, 4, 4)]
    [InlineData(1701, 2, 2, 0)]
    [InlineData(47808, 2, 2, 0)]
    public void A_payload_is_as_long_as_it_says(int port, int at, int size, int before)
    {
        var payload = UdpPayloads.For(port).ToArray();
        var said = payload.Skip(at).Take(size).Aggregate(0, static (sum, value) => (sum << 8) | value);

        said.ShouldBe(payload.Length - before);
    }

    [Fact]
    public void Ntp_asks_in_48_bytes() => UdpPayloads.For(123).Length.ShouldBe(48);

    private static int PortOf(UdpClient client) => ((IPEndPoint)client.Client.LocalEndPoint!).Port;

    private static async Task AnswerAsync(UdpClient client, CancellationToken over)
    {
        try
        {
            while (true)
            {
                var datagram = await client.ReceiveAsync(over);
                await client.SendAsync("hello"u8.ToArray(), datagram.RemoteEndPoint, over);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
