using System.Buffers.Binary;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks Nagios's remote agent for its version, by the one command that every agent knows and that runs nothing.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: NRPE, include/common.h (v2 packet) and src/nrpe.c (_NRPE_CHECK). The agents that demand TLS without certificates are not heard.</remarks>
internal sealed partial class NrpeProbe : IServiceProbe
{
    private const int PacketLength = 1036, TextAt = 10, TextLength = 1024, SumAt = 4;
    private const int Version2 = 2, Query = 1, Answer = 2;

    private static readonly byte[] Request = Build();

    public ProbeInfo Info { get; } = new("nrpe", Transport.Tcp, Ports: [5666], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= PacketLength, TryRead, cancellationToken);

    private static byte[] Build()
    {
        var packet = new ByteWriter().UInt16(Version2).UInt16(Query).UInt32(0).UInt16(0).TextAndZero("_NRPE_CHECK");
        var whole = packet.Zeros(PacketLength - packet.Length).ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(SumAt), Crc32.Of(whole));
        return whole;
    }

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        if (answer.Length != PacketLength) return null;
        var reader = new ByteReader(answer.Span);
        if (reader.UInt16() != Version2 || reader.UInt16() != Answer) return null;
        var whole = answer.ToArray();
        whole.AsSpan(SumAt, sizeof(uint)).Clear();
        if (Crc32.Of(whole) != reader.UInt32()) return null;
        var text = new ByteReader(answer.Span.Slice(TextAt, TextLength)).TextToZero();
        var version = Said().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
        return new Identification
        {
            Service = "nrpe",
            Product = "NRPE",
            Version = version,
            Info = text,
            Cpe = [$"cpe:2.3:a:nagios:remote_plug_in_executor:{version ?? "*"}:*:*:*:*:*:*:*"],
            Confidence = 95,
        };
    }

    [GeneratedRegex(@"^NRPE v(\d+(?:\.\d+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
