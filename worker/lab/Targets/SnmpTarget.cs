using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>An SNMP agent (v1 and v2c) that answers whoever knows its community with its description. Source: RFC 1157, 3416 and 3418 (sysDescr).</summary>
public sealed class SnmpTarget(IPAddress address, int port, string community, string description) : UdpTarget(address, port)
{
    private const string SystemDescription = "1.3.6.1.2.1.1.1.0";
    private static readonly Asn1Tag GetRequest = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag GetNextRequest = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Response = new(TagClass.ContextSpecific, 2, isConstructed: true);

    internal override byte[] Answer(ReadOnlySpan<byte> datagram)
    {
        try
        {
            var message = new AsnReader(datagram.ToArray(), AsnEncodingRules.BER).ReadSequence();
            var version = message.ReadInteger();
            if (version > 1 || Encoding.Latin1.GetString(message.ReadOctetString()) != community) return [];
            var tag = message.PeekTag();
            if (tag != GetRequest && tag != GetNextRequest) return [];
            return Write(version, message.ReadSequence(tag).ReadInteger());
        }
        catch (AsnContentException)
        {
            return [];
        }
    }

    private byte[] Write(BigInteger version, BigInteger requestId)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            writer.WriteOctetString(Encoding.Latin1.GetBytes(community));
            using (writer.PushSequence(Response))
            {
                writer.WriteInteger(requestId);
                writer.WriteInteger(0);
                writer.WriteInteger(0);
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(SystemDescription);
                    writer.WriteOctetString(Encoding.Latin1.GetBytes(description));
                }
            }
        }

        return writer.Encode();
    }
}
