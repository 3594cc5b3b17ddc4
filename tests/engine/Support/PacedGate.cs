using Microsoft.Extensions.Time.Testing;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Pacing;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>A gate that keeps to a rate; waiting turns the clock on.</summary>
internal sealed class PacedGate(FakeTimeProvider time, int rate) : IPacketGate
{
    // A wait may be shorter than the clock can tell.
    private static readonly TimeSpan Grain = TimeSpan.FromMicroseconds(10);

    private readonly Pacer _pacer = new(rate, time);

    public double SteadyRate => _pacer.SteadyRate;

    public async ValueTask PassAsync(Transport transport, int port, int packets, CancellationToken cancellationToken)
    {
        await PassBurstAsync(transport, new[] { port }, cancellationToken);
        _pacer.Take(packets - 1);
    }

    public ValueTask<int> PassBurstAsync(Transport transport, ReadOnlyMemory<int> ports, CancellationToken cancellationToken)
    {
        int available;
        while ((available = _pacer.Available()) == 0) time.Advance(_pacer.UntilOne() + Grain);
        var granted = Math.Min(available, ports.Length);
        _pacer.Take(granted);
        return ValueTask.FromResult(granted);
    }

    public void Charge(Transport transport, int port, int packets) => _pacer.Take(packets);

    public void Received(int packets)
    {
    }

    public bool MayWrite(Transport transport, int port) => true;
}
