using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Pacing;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>Tells TCP ports apart by single SYNs, in a seeded order, as fast as budget and host allow.</summary>
/// <remarks>
/// Counted are our SYNs and the RST that the kernel sends to an open port. What is learnt of the host (its round trip, its losses, the
/// ports that answer) outlives one run. The work itself is <see cref="SynSweep"/>'s.
/// </remarks>
internal sealed class SynScan : ITcpScan
{
    private readonly IPacketIo _io;
    private readonly IPacketGate _gate;
    private readonly CheckpointFile _checkpoint;
    private readonly StopSignal _stop;
    private readonly Action<string> _say;
    private readonly TimeProvider _time;
    private readonly SynHost _host;

    /// <param name="io">Packets to the host.</param>
    /// <param name="gate">The door that each passes.</param>
    /// <param name="checkpoint">What is known.</param>
    /// <param name="ceiling">Packets a second that the budget allows at most.</param>
    /// <param name="stop">Is raised when the host falls silent.</param>
    /// <param name="say">Told what a person should read.</param>
    /// <param name="time">Clock.</param>
    public SynScan(IPacketIo io, IPacketGate gate, CheckpointFile checkpoint, int ceiling, StopSignal stop, Action<string> say, TimeProvider time)
    {
        (_io, _gate, _checkpoint, _stop, _say, _time) = (io, gate, checkpoint, stop, say, time);
        _host = new SynHost(ceiling, time);
    }

    public string Method => "syn";

    public bool GaveUp { get; private set; }

    /// <summary>What is known of the host, for the forecast.</summary>
    public SynHost Host => _host;

    public async Task RunAsync(IReadOnlyList<int> order, Action<int> progress, CancellationToken cancellationToken)
    {
        foreach (var port in order)
        {
            if (_checkpoint.State.Tcp[port] is PortState.Open or PortState.Closed) _host.Canary.Learn(port, _checkpoint.State.Tcp[port] == PortState.Closed);
        }

        var verdicts = new PortVerdicts(Transport.Tcp, _checkpoint, _time);
        var sweep = new SynSweep(_io, _gate, verdicts, _host, order, _time);
        try
        {
            GaveUp = !await sweep.RunAsync(progress, _say, cancellationToken);
        }
        catch (HostSilentException)
        {
            var halt = new Halt(HaltKind.StopNow, "host-silent", "The host answered before and has answered nothing for half a minute: it may be down, or it shuts us out. Nothing more is sent; someone should look.");
            _stop.Raise(halt);
            throw new ScanHaltedException(_stop.Current ?? halt);
        }
        finally
        {
            await verdicts.FlushAsync();
        }
    }
}

/// <summary>What is learnt of one host while SYNs go to it.</summary>
internal sealed class SynHost
{
    public SynHost(int ceiling, TimeProvider time)
    {
        Loss = new LossEstimate();
        Rate = new AdaptiveRate(ceiling, Loss, time);
        Canary = new Canary(time);
    }

    public RoundTrip RoundTrip { get; } = new();

    public LossEstimate Loss { get; }

    public AdaptiveRate Rate { get; }

    public Canary Canary { get; }
}

/// <summary>A host that had answered no longer does.</summary>
internal sealed class HostSilentException : Exception;
