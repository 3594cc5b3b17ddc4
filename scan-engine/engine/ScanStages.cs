using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Discovery;
using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>The stages between authorisation and result, each picking up where the checkpoint says.</summary>
internal sealed class ScanStages(ScanSession session, ProgressReporter progress)
{
    private const int MostIdentifiedAtOnce = 16;

    /// <summary>A port that nobody knows takes some hundred packets of its minute.</summary>
    private const int PacketsPerSecondEach = 12;

    /// <summary>Looks for life, and takes or compares the host's identity.</summary>
    public async Task AliveAsync(CancellationToken cancellationToken)
    {
        progress.Enter(ScanStage.Alive);
        if (session.Checkpoint.Resumed) await session.Identity.CompareAllAsync(cancellationToken);
        await new PortLiveness(session.TcpScan, session.Checkpoint).RunAsync(session.Ports.Tcp, cancellationToken);
        await session.Identity.TakeAsync(OpenTcp(), cancellationToken);
    }

    /// <summary>All TCP ports.</summary>
    public async Task TcpAsync(CancellationToken cancellationToken)
    {
        progress.Enter(ScanStage.TcpPorts);
        var order = PortOrder.Shuffle(session.Ports.Tcp, session.Checkpoint.State.Start.Seed).ToList();
        var due = session.Checkpoint.State.Tcp.Count(order, PortState.Untested);
        if (due > 0) progress.Say($"{due} TCP ports at {session.SteadyRate:0} packets a second: {PortForecast.Of(due, session.SteadyRate)}.");
        await session.TcpScan.RunAsync(order, resolved => progress.Step(resolved, order.Count), cancellationToken);
        await session.Identity.TakeAsync(OpenTcp(), cancellationToken);
    }

    /// <summary>The UDP ports chosen; those whose protocol has a request of its own first.</summary>
    public async Task UdpAsync(CancellationToken cancellationToken)
    {
        progress.Enter(ScanStage.UdpPorts);
        var order = PortOrder.Shuffle(session.Ports.Udp, session.Checkpoint.State.Start.Seed).OrderBy(static port => !UdpPayloads.Has(port)).ToList();
        await session.UdpScan.RunAsync(order, (resolved, atMost) => progress.Step(resolved, order.Count, atMost), progress.Say, cancellationToken);
    }

    /// <summary>Service and version of each open port.</summary>
    public async Task IdentifyAsync(CancellationToken cancellationToken)
    {
        progress.Enter(ScanStage.Identify);
        var open = OpenTcp().Select(static port => (Protocol: Transport.Tcp, Port: port)).Concat(OpenUdp().Concat(session.Checkpoint.State.Udp.In(session.Ports.Udp, PortState.KeptSilent)).Select(static port => (Protocol: Transport.Udp, Port: port))).ToList();
        var due = open.Where(port => !session.Checkpoint.State.Examined.ContainsKey(port)).ToList();
        var done = open.Count - due.Count;
        var atOnce = Math.Clamp((int)session.SteadyRate / PacketsPerSecondEach, 1, MostIdentifiedAtOnce);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (port, token) =>
        {
            var examined = await session.Identifier.IdentifyAsync(port.Protocol, port.Port, token);
            await session.Checkpoint.AppendAsync(Entries(examined, KeptSilent(examined.Port)), CancellationToken.None);
            progress.Step(Interlocked.Increment(ref done), open.Count);
        });
    }

    /// <summary>The checks that send; the others are judged when the result is written.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        progress.Enter(ScanStage.Check);
        await session.Checks.AskAsync([.. session.Checkpoint.State.OpenPorts()], (done, total) => progress.Step(done, total), cancellationToken);
        await session.Identity.CompareAllAsync(cancellationToken);
    }

    /// <summary>A port that kept silent is open once a probe has made it answer, understood or not; else it may be, and nothing was missed that could be examined.</summary>
    internal static IReadOnlyList<CheckpointEntry> Entries(ExaminedPort examined, bool keptSilent)
    {
        if (!keptSilent) return [new CheckpointEntry { Examined = examined }];
        var (protocol, port) = (examined.Port.Protocol, examined.Port.Port);
        return examined.Port.Service is null && examined.Port.Evidence.Length == 0
            ? [new CheckpointEntry { Examined = new ExaminedPort(examined.Port with { State = PortResult.OpenOrFiltered }, []) }]
            : [new CheckpointEntry { Ports = new ResolvedPorts(protocol, PortState.Open, PortList.Format([port])) }, new CheckpointEntry { Examined = examined }];
    }

    private bool KeptSilent(PortResult port) => port.Protocol == Transport.Udp && session.Checkpoint.State.Udp[port.Port] == PortState.KeptSilent;

    private IEnumerable<int> OpenTcp() => session.Checkpoint.State.Tcp.In(session.Ports.Tcp, PortState.Open);

    private IEnumerable<int> OpenUdp() => session.Checkpoint.State.Udp.In(session.Ports.Udp, PortState.Open);
}
