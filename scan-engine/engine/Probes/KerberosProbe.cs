using System.Formats.Asn1;
using System.Text;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a Kerberos server for a ticket in a realm that cannot exist; its error shows it. No account is named that exists.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 4120 sections 5.4.1, 5.9.1 and 7.2.2 (four bytes of length over TCP).</remarks>
internal sealed class KerberosProbe : IServiceProbe
{
    private const int KrbError = 30, AsReq = 10, ErrorText = 11;

    /// <summary>The request without the length that goes before it over TCP.</summary>
    internal static readonly byte[] Message = BuildRequest();

    private static readonly byte[] Request = new ByteWriter().UInt32((uint)Message.Length).Bytes(Message).ToArray();

    public ProbeInfo Info { get; } = new("kerberos", Transport.Tcp, Ports: [88], MaxRequests: 1) { AnyPort = 130, Order = 15 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, OncRpc.RecordIsWhole, static answer => answer.Length > 4 ? TryRead(answer[4..]) : null, cancellationToken);

    private static byte[] BuildRequest()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, AsReq)))
        using (writer.PushSequence())
        {
            Tagged(writer, 1, static inner => inner.WriteInteger(5));
            Tagged(writer, 2, static inner => inner.WriteInteger(AsReq));
            Tagged(writer, 4, WriteBody);
        }

        return writer.Encode();
    }

    private static void WriteBody(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            Tagged(writer, 0, static inner => inner.WriteBitString([0, 0, 0, 0]));
            Tagged(writer, 1, static inner => Name(inner, 1, "vulndiag"));
            Tagged(writer, 2, static inner => inner.WriteEncodedValue(GeneralString("VULNDIAG.INVALID")));
            Tagged(writer, 3, static inner => Name(inner, 2, "krbtgt", "VULNDIAG.INVALID"));
            Tagged(writer, 5, static inner => inner.WriteGeneralizedTime(DateTimeOffset.UnixEpoch.AddYears(67), omitFractionalSeconds: true));
            Tagged(writer, 7, static inner => inner.WriteInteger(0x56446961));
            Tagged(writer, 8, static inner =>
            {
                using (inner.PushSequence())
                {
                    inner.WriteInteger(18);
                    inner.WriteInteger(17);
                    inner.WriteInteger(23);
                }
            });
        }
    }

    private static void Name(AsnWriter writer, int type, params string[] parts)
    {
        using (writer.PushSequence())
        {
            Tagged(writer, 0, inner => inner.WriteInteger(type));
            Tagged(writer, 1, inner =>
            {
                using (inner.PushSequence())
                {
                    foreach (var part in parts) inner.WriteEncodedValue(GeneralString(part));
                }
            });
        }
    }

    private static byte[] GeneralString(string text) => [0x1B, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static void Tagged(AsnWriter writer, int number, Action<AsnWriter> content)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, number))) content(writer);
    }

    /// <summary>Reads the error, which is the same over UDP.</summary>
    internal static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var error = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence(new Asn1Tag(TagClass.Application, KrbError)).ReadSequence();
            var version = error.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadInteger();
            if (version != 5) return null;
            var found = new Identification { Service = "kerberos-sec", Confidence = 95 };
            return IsMit(error) ? found with { Product = "MIT Kerberos", Cpe = ["cpe:2.3:a:mit:kerberos_5:*:*:*:*:*:*:*:*"], Confidence = 80 } : found;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>MIT's server explains an error by the name of its constant (kdc_util.c); Heimdal by a sentence, Windows not at all.</summary>
    private static bool IsMit(AsnReader error)
    {
        while (error.HasData)
        {
            var tag = error.PeekTag();
            var content = error.ReadEncodedValue();
            if (tag != new Asn1Tag(TagClass.ContextSpecific, ErrorText, isConstructed: true)) continue;
            var text = Encoding.Latin1.GetString(new AsnReader(content, AsnEncodingRules.BER).ReadSequence(tag).ReadEncodedValue().Span[2..]);
            return text.Contains('_', StringComparison.Ordinal) && text.All(static character => character is '_' or (>= 'A' and <= 'Z'));
        }

        return false;
    }
}
