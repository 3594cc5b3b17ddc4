using System.Net;
using VulnDiag.Engine.Probes;

namespace VulnDiag.Engine.Support;

/// <summary>A host on paper that answers datagrams, keeps silent, or tells of closed ports by ICMP as Linux does: some at once, then so many a second.</summary>
internal sealed class PaperUdpHost(LeapClock time) : IProbeTransport
{
    private const double Burst = 6;
    private double _tokens = Burst;
    private long _filled = time.GetTimestamp();

    /// <summary>ICMP errors a second; null for no limit.</summary>
    public double? Limit { get; init; }

    public HashSet<int> Open { get; } = [];

    public HashSet<int> Silent { get; } = [];

    public HashSet<int> Prohibited { get; } = [];

    /// <summary>Ports that there is no way to the first time that they are asked, as while a router finds another way.</summary>
    public HashSet<int> NoWayAtFirst { get; } = [];

    /// <summary>How often each port was asked.</summary>
    public Dictionary<int, int> Asked { get; } = [];

    public ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, bool fromAnyPort, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked[endpoint.Port] = Asked.GetValueOrDefault(endpoint.Port) + 1;
            if (Asked[endpoint.Port] == 1 && NoWayAtFirst.Contains(endpoint.Port)) throw new LinkException(LinkFailure.Unreachable, "no way");
            if (Open.Contains(endpoint.Port)) return ValueTask.FromResult<ReadOnlyMemory<byte>?>(new byte[] { 1 });
            if (Prohibited.Contains(endpoint.Port)) throw new LinkException(LinkFailure.Unreachable, "prohibited");
            if (!Silent.Contains(endpoint.Port) && Tells()) throw new LinkException(LinkFailure.Refused, "refused");
        }

        time.Advance(timeout);
        return ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);
    }

    public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<TlsSession> UpgradeAsync(Stream stream, string? serverName, CancellationToken cancellationToken) => throw new NotSupportedException();

    private bool Tells()
    {
        if (Limit is not { } limit) return true;
        _tokens = Math.Min(Burst, _tokens + time.GetElapsedTime(_filled).TotalSeconds * limit);
        _filled = time.GetTimestamp();
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
