using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a SOCKS proxy whether it serves without a name. Nothing is asked to be fetched.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 1928 section 3.</remarks>
internal sealed class SocksProbe : IServiceProbe
{
    private const byte NoneNeeded = 0, NoneAcceptable = 0xFF;
    private static readonly byte[] Request = [5, 1, NoneNeeded];

    public ProbeInfo Info { get; } = new("socks", Transport.Tcp, Ports: [1080, 1081, 9050], MaxRequests: 1) { AnyPort = 60 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, isWhole: null, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer) => answer.Span switch
    {
        [5, NoneNeeded] => new Identification { Service = "socks5" }.WithFact(FactNames.AuthRequired, FactNames.No),
        [5, NoneAcceptable] => new Identification { Service = "socks5" }.WithFact(FactNames.AuthRequired, FactNames.Yes),
        _ => null,
    };
}
