using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a remote desktop which security it wants: whether it insists on network level authentication, and its TLS. Does not log in.</summary>
/// <remarks>Worst case: 2 connections with 1 request each, and the TLS inspection. Source: MS-RDPBCGR sections 2.2.1.1 and 2.2.1.2, X.224 class 0 over TPKT (RFC 1006).</remarks>
internal sealed class RdpProbe : IServiceProbe
{
    private const int StandardSecurity = 0, Tls = 1, Hybrid = 2, HybridEx = 8;
    private const byte NegotiationResponse = 2, NegotiationFailure = 3;
    private const int HybridRequired = 5;

    public ProbeInfo Info { get; } = new("rdp", Transport.Tcp, Ports: [3389, 3388, 3390], MaxRequests: 2) { AnyPort = 40, Order = 70 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var (raw, all) = await AskAsync(context, Tls | Hybrid | HybridEx, cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (all is null) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        var (_, tlsOnly) = await AskAsync(context, Tls, cancellationToken);
        var tls = all.Selected is null or StandardSecurity ? null : await context.InspectTlsAsync(PrepareAsync, cancellationToken);
        var found = Identify(all, tlsOnly) with { Tls = tls };
        return ProbeOutcome.Identified(found, Evidence.Of($"RDP, security {SecurityName(all)}; network level authentication required: {found.Facts.GetValueOrDefault(FactNames.AuthRequired) ?? "unknown"}"));
    }

    private static string SecurityName(Answer all) => all switch
    {
        { Selected: StandardSecurity } => "standard",
        { Selected: Tls } => "TLS",
        { Selected: Hybrid or HybridEx } => "CredSSP",
        { Failure: { } failure } => $"refused ({failure})",
        _ => "unknown",
    };

    private static Identification Identify(Answer all, Answer? tlsOnly)
    {
        var found = new Identification { Service = "ms-wbt-server" };
        // Windows answers with flags for restricted administration and the like; xrdp knows one flag, and no CredSSP, so it falls back to TLS.
        if (all is { Selected: Hybrid or HybridEx, Flags: > 1 }) found = found with { Product = "Microsoft Terminal Services", Confidence = 85 };
        else if (all is { Selected: Tls, Flags: 1 }) found = found with { Product = "xrdp", Cpe = ["cpe:2.3:a:neutrinolabs:xrdp:*:*:*:*:*:*:*:*"], Confidence = 65 };
        if (tlsOnly?.Failure == HybridRequired) return found.WithFact(FactNames.AuthRequired, FactNames.Yes);
        return tlsOnly is null && all.Selected is not (Tls or StandardSecurity) ? found : found.WithFact(FactNames.AuthRequired, FactNames.No);
    }

    private static byte[] Request(int protocols) => new ByteWriter()
        .Byte(3).Byte(0).UInt16(19)
        .Byte(14).Byte(0xE0).UInt16(0).UInt16(0).Byte(0)
        .Byte(1).Byte(0).UInt16Little(8).UInt32Little((uint)protocols)
        .ToArray();

    private static async ValueTask<(ReadOnlyMemory<byte> Raw, Answer? Answer)> AskAsync(ProbeContext context, int protocols, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        await link.SendAsync(Request(protocols), cancellationToken);
        var raw = await link.ReadUntilAsync(IsWhole, cancellationToken);
        return (raw, Read(raw.Span));
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        (bytes.Length > 0 && bytes[0] != 3) || (bytes.Length >= 4 && bytes.Length >= ((bytes[2] << 8) | bytes[3]));

    private static Answer? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var tpkt = reader.Byte() == 3 && reader.Byte() == 0 && reader.UInt16() == bytes.Length;
        reader.Skip(1);
        // A connection confirm's upper four bits are 1101.
        if (!tpkt || reader.Byte() >> 4 != 0xD) return null;
        reader.Skip(5);
        if (reader.Short) return null;
        if (reader.Rest.Length < 8) return new Answer(StandardSecurity, null, 0);
        var (type, flags, length, value) = (reader.Byte(), reader.Byte(), reader.UInt16Little(), (int)reader.UInt32Little());
        if (length != 8) return null;
        return type switch
        {
            NegotiationResponse => new Answer(value, null, flags),
            NegotiationFailure => new Answer(null, value, flags),
            _ => null,
        };
    }

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        await link.SendAsync(Request(Tls | Hybrid), cancellationToken);
        return Read((await link.ReadUntilAsync(IsWhole, cancellationToken)).Span) is { Selected: Tls or Hybrid or HybridEx };
    }

    private sealed record Answer(int? Selected, int? Failure, int Flags);
}
