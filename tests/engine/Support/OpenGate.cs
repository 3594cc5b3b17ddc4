using VulnDiag.Engine.Packets;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>A gate that lets all through and counts.</summary>
internal sealed class OpenGate : IPacketGate
{
    public int Passed { get; private set; }

    public int Charged { get; private set; }

    /// <summary>Ports that are only listened to.</summary>
    public HashSet<int> ListenOnly { get; } = [];

    public ValueTask PassAsync(Transport transport, int port, int packets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Passed += packets;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<int> PassBurstAsync(Transport transport, ReadOnlyMemory<int> ports, CancellationToken cancellationToken)
    {
        await PassAsync(transport, ports.Span[0], ports.Length, cancellationToken);
        return ports.Length;
    }

    public void Charge(Transport transport, int port, int packets) => Charged += packets;

    public void Received(int packets)
    {
    }

    public bool MayWrite(Transport transport, int port) => !ListenOnly.Contains(port);
}
