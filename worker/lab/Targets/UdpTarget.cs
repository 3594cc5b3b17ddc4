using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>A service over UDP.</summary>
public abstract class UdpTarget : Target
{
    private protected UdpTarget(IPAddress address, int port)
        : base(address, port)
    {
    }

    internal override IAsyncDisposable Listen(TargetLedger ledger) => new UdpTargetListener(this, ledger);

    /// <summary>The answer to a datagram; nothing stays silent. Survives any bytes.</summary>
    internal abstract byte[] Answer(ReadOnlySpan<byte> datagram);
}
