using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Opens OpenVPN's control channel over UDP. A server that wants a signed opening (tls-auth) stays silent.</summary>
/// <remarks>Worst case: 1 datagram. Source: OpenVPN, doc/doxygen, "Network protocol" (P_CONTROL_HARD_RESET_CLIENT_V2 and its answer).</remarks>
internal sealed class OpenvpnProbe : IServiceProbe
{
    private const int ClientReset = 7 << 3, ServerReset = 8 << 3;
    private static readonly byte[] Session = "VulnDiag"u8.ToArray();

    /// <summary>The opening, the same over TCP behind two bytes of length.</summary>
    internal static readonly byte[] Request = [ClientReset, .. Session, 0, 0, 0, 0, 0];

    public ProbeInfo Info { get; } = new("openvpn", Transport.Udp, Ports: [1194], MaxRequests: 1) { AnyPort = 90 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverUdpAsync(context, Request, TryRead, cancellationToken);

    internal static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var opening = reader.Byte();
        reader.Skip(8);
        var acknowledged = reader.Byte();
        reader.Skip(4 * acknowledged);
        var ours = reader.Bytes(acknowledged > 0 ? 8 : 0);
        return !reader.Short && opening == ServerReset && acknowledged is 1 && ours.SequenceEqual(Session)
            ? new Identification { Service = "openvpn", Product = "OpenVPN", Cpe = ["cpe:2.3:a:openvpn:openvpn:*:*:*:*:*:*:*:*"], Confidence = 95 }
            : null;
    }
}
