using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A service to be scanned: what answers at one loopback address and port.</summary>
public abstract class Target
{
    private protected Target(IPAddress address, int port)
    {
        // Nothing of the lab may be reachable from another machine.
        if (!IPAddress.IsLoopback(address)) throw new ArgumentException($"{address} is not a loopback address.", nameof(address));
        EndPoint = new IPEndPoint(address, port);
    }

    /// <summary>Where it answers.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Opens the port and serves until the listener is disposed.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    internal abstract IAsyncDisposable Listen(TargetLedger ledger);
}
