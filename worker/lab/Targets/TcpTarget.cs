using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A service over TCP.</summary>
public abstract class TcpTarget : Target
{
    private protected TcpTarget(IPAddress address, int port)
        : base(address, port)
    {
    }

    internal override IAsyncDisposable Listen(TargetLedger ledger) => new TcpTargetListener(this, ledger);

    /// <summary>Talks with one client until it goes, or until the talk is over.</summary>
    internal abstract Task ServeAsync(TargetLine line, CancellationToken cancellationToken);
}
