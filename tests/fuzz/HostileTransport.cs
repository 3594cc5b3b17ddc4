using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Fuzz;

/// <summary>A host whose every port says the same bytes, whatever it is asked, over TCP, UDP and inside TLS, and then hangs up.</summary>
internal sealed class HostileTransport(byte[] bytes) : IProbeTransport, IPacketGate
{
    public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new DeafStream(bytes));

    public ValueTask<TlsSession> UpgradeAsync(Stream stream, string? serverName, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TlsSession(stream, "TLSv1.3", "TLS_AES_128_GCM_SHA256", bytes));

    public ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, bool fromAnyPort, TimeSpan timeout, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(bytes);

    public ValueTask PassAsync(Transport transport, int port, int packets, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<int> PassBurstAsync(Transport transport, ReadOnlyMemory<int> ports, CancellationToken cancellationToken) => ValueTask.FromResult(ports.Length);

    public void Charge(Transport transport, int port, int packets)
    {
    }

    public void Received(int packets)
    {
    }

    public bool MayWrite(Transport transport, int port) => true;

    /// <summary>Says its bytes and takes no notice of what is written to it.</summary>
    private sealed class DeafStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanWrite => true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
