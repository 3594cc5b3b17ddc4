using System.Collections.Concurrent;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>Tells UDP ports apart: an answer is open, an ICMP port unreachable is closed, silence is what the host's other ports make of it.</summary>
/// <remarks>
/// All ports are asked once, the silent ones again. Hosts that send few ICMP errors a second leave closed ports silent too: where a
/// wide list was asked for, those are asked once more at the host's own pace (<see cref="UdpSlowSweep"/>); what is not told apart
/// then is unresolved, never closed (docs/decisions/0250). That there is no way to a port may be a router's passing trouble, or our own
/// machine's: it counts once it has been said twice, some seconds apart.
/// </remarks>
internal sealed class UdpScan(UdpAsker asker, CheckpointFile checkpoint, TimeProvider time)
{
    // What is under way is what a kill repeats: at most a hundredth of a long list.
    private const int FewestAtOnce = 64, MostAtOnce = 256;

    /// <summary>More ports than this are asked for on purpose, so the time for the slow sweep is given.</summary>
    private const int Wide = 100;

    private static readonly TimeSpan NoWayRest = TimeSpan.FromSeconds(5);

    /// <summary>Ports that there was no way to, at least once.</summary>
    private readonly ConcurrentDictionary<int, bool> _noWay = new();

    private int _resolved;

    /// <summary>Resolves every port of <paramref name="order"/> that the checkpoint does not know yet.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task RunAsync(IReadOnlyList<int> order, Action<int, TimeSpan?> progress, Action<string> say, CancellationToken cancellationToken)
    {
        var states = checkpoint.State.Udp;
        _resolved = order.Count(port => states[port] is not (PortState.Untested or PortState.SilentOnce));
        var atOnce = Math.Clamp(order.Count / 100, FewestAtOnce, MostAtOnce);
        await PassAsync([.. states.In(order, PortState.Untested)], again: false, atOnce, progress, cancellationToken);
        var closed = states.In(order, PortState.Closed).Cast<int?>().FirstOrDefault();
        var slowly = closed is not null && order.Count > Wide;
        await RestAfterNoWayAsync(states, order, cancellationToken);
        // Where the slow sweep follows, only who would have to answer is asked again now, and where there was no way.
        await PassAsync([.. states.In(order, PortState.SilentOnce).Where(port => !slowly || UdpPayloads.Has(port) || _noWay.ContainsKey(port))], again: true, atOnce, progress, cancellationToken);
        await RestAfterNoWayAsync(states, order, cancellationToken);
        await PassAsync([.. states.In(order, PortState.SilentOnce).Where(_noWay.ContainsKey)], again: true, atOnce, progress, cancellationToken);
        if (slowly) await SweepAsync([.. states.In(order, PortState.SilentOnce)], closed!.Value, progress, say, cancellationToken);
        var left = states.In(order, PortState.SilentOnce).ToList();
        if (left.Count == 0) return;
        if (closed is not null) say($"{left.Count} UDP ports stay unresolved: they are silent, but the host tells of few closed ports a second.");
        await AppendAsync(left, closed is null ? PortState.Filtered : PortState.Unresolved);
        progress(_resolved += left.Count, null);
    }

    /// <summary>What an answer says of its port.</summary>
    internal static PortState StateOf(UdpAnswer answer) => answer switch
    {
        UdpAnswer.Answered => PortState.Open,
        UdpAnswer.Refused => PortState.Closed,
        UdpAnswer.Prohibited => PortState.Filtered,
        UdpAnswer.Silent => PortState.SilentOnce,
    };

    private Task PassAsync(IReadOnlyList<int> ports, bool again, int atOnce, Action<int, TimeSpan?> progress, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ports, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (port, token) =>
        {
            var answer = await asker.AskAsync(port, again, token);
            var state = answer == UdpAnswer.Prohibited && _noWay.TryAdd(port, true) ? PortState.SilentOnce : StateOf(answer);
            await AppendAsync([port], state);
            if (state != PortState.SilentOnce) progress(Interlocked.Increment(ref _resolved), null);
        });

    private Task RestAfterNoWayAsync(PortStates states, IReadOnlyList<int> order, CancellationToken cancellationToken) =>
        states.In(order, PortState.SilentOnce).Any(_noWay.ContainsKey) ? Task.Delay(NoWayRest, time, cancellationToken) : Task.CompletedTask;

    private async Task SweepAsync(IReadOnlyList<int> silent, int closed, Action<int, TimeSpan?> progress, Action<string> say, CancellationToken cancellationToken)
    {
        if (silent.Count == 0) return;
        say($"{silent.Count} UDP ports are silent, closed ones perhaps among them: they are asked one after another, as fast as the host tells of closed ones, for {UdpSlowSweep.Longest.TotalMinutes:0} minutes at most.");
        var sweep = new UdpSlowSweep(asker, closed, time);
        await sweep.RunAsync(silent, async (port, state) =>
        {
            await AppendAsync([port], state);
            progress(++_resolved, sweep.Left);
        }, cancellationToken);
    }

    private ValueTask AppendAsync(IReadOnlyList<int> ports, PortState state) =>
        checkpoint.AppendAsync([new CheckpointEntry { Ports = new ResolvedPorts(Transport.Udp, state, PortList.Format(ports)) }], CancellationToken.None);
}
