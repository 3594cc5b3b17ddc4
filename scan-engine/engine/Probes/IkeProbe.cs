using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a VPN gateway for IKE: main mode, version 2, and whether it answers in aggressive mode. No key is agreed on, no secret tried.</summary>
/// <remarks>Worst case: 3 datagrams. On port 4500 behind the non-ESP marker (RFC 3948 section 2.2).</remarks>
internal sealed class IkeProbe : IServiceProbe
{
    private const int NatPort = 4500, Marker = 4;

    public ProbeInfo Info { get; } = new("ike", Transport.Udp, Ports: [500, NatPort], MaxRequests: 3) { AnyPort = 40 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var (main, rawMain) = await AskAsync(context, IkeMessage.Main, cancellationToken);
        var (second, rawSecond) = await AskAsync(context, IkeMessage.Init2, cancellationToken);
        if (main is null && second is null)
            return (rawMain ?? rawSecond) is { } other ? ProbeOutcome.NoMatch(Evidence.Of(other)) : ProbeOutcome.Silent();
        var (aggressive, _) = await AskAsync(context, IkeMessage.Aggressive, cancellationToken);
        var vendors = new[] { main, second, aggressive }.SelectMany(static message => message?.VendorIds ?? []).Distinct().ToList();
        var found = vendors.Select(static vendor => FingerprintCatalogue.Shipped.Match("ike.vendor", vendor)).FirstOrDefault(static match => match?.Product is not null)
            ?? new Identification { Service = "isakmp" };
        var versions = string.Join(',', new[] { main is null ? null : "1", second is null ? null : "2" }.Where(static version => version is not null));
        found = (found with { Service = context.Target.Port == NatPort ? "ipsec-nat-t" : "isakmp", Info = found.Info ?? $"IKE {versions}" })
            .WithFact(FactNames.ProtocolVersions, versions)
            .WithFact("aggressiveMode", aggressive is { Exchange: IkeMessage.AggressiveMode, HasKeyExchange: true } ? FactNames.Yes : FactNames.No);
        return ProbeOutcome.Identified(found, Evidence.Of($"IKE {versions}; aggressive mode: {found.Facts["aggressiveMode"]}; vendor ids: {(vendors.Count == 0 ? "none" : string.Join(' ', vendors))}"));
    }

    private static async ValueTask<(IkeMessage? Message, ReadOnlyMemory<byte>? Raw)> AskAsync(ProbeContext context, byte[] message, CancellationToken cancellationToken)
    {
        var marked = context.Target.Port == NatPort;
        if (await context.ExchangeAsync(marked ? (byte[])[0, 0, 0, 0, .. message] : message, cancellationToken) is not { } raw) return (null, null);
        var answer = marked && raw.Length > Marker ? raw[Marker..] : raw;
        return (IkeMessage.TryParse(answer.Span), raw);
    }
}
