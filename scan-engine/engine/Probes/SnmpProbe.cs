using System.Formats.Asn1;
using System.Numerics;
using System.Text;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks an SNMP agent for its description with the community that devices come with, and for its engine id, which needs none.</summary>
/// <remarks>
/// Worst case: 3 datagrams, all of them reads. Source: RFC 1157, RFC 3416 (GetRequest), RFC 3414 section 4 (discovery), RFC 3411 section 5
/// (SnmpEngineID: its first four bytes are the maker's enterprise number).
/// </remarks>
internal sealed class SnmpProbe : IServiceProbe
{
    private const string SysDescr = "1.3.6.1.2.1.1.1.0";
    private static readonly byte[] DefaultCommunity = "public"u8.ToArray();
    private static readonly Asn1Tag Get = new(TagClass.ContextSpecific, 0), Response = new(TagClass.ContextSpecific, 2), Report = new(TagClass.ContextSpecific, 8);

    public ProbeInfo Info { get; } = new("snmp", Transport.Udp, Ports: [161], MaxRequests: 3) { AnyPort = 20, Order = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var second = await context.ExchangeAsync(CommunityRequest(version: 1), cancellationToken);
        var described = second is null ? null : ReadCommunityAnswer(second.Value);
        var answer = second;
        if (described is null)
        {
            answer = await context.ExchangeAsync(CommunityRequest(version: 0), cancellationToken);
            described = answer is null ? null : ReadCommunityAnswer(answer.Value);
        }

        var third = await context.ExchangeAsync(DiscoveryRequest(), cancellationToken);
        var engine = third is null ? null : ReadEngineId(third.Value);
        if (described is null && engine is null)
            return (second ?? answer ?? third) is { } bytes ? ProbeOutcome.NoMatch(Evidence.Of(bytes)) : ProbeOutcome.Silent();
        return ProbeOutcome.Identified(Identify(described, engine), described is null ? Evidence.Of(third!.Value) : Evidence.Of($"sysDescr.0 = {described}"));
    }

    private static Identification Identify(string? description, byte[]? engine)
    {
        var read = (string.IsNullOrEmpty(description) ? null : FingerprintCatalogue.Shipped.Match("snmp.description", description))
            ?? (engine is null ? null : FingerprintCatalogue.Shipped.Match("snmp.engine", Convert.ToHexStringLower(engine)))
            ?? new Identification { Service = "snmp" };
        if (description is not null)
            read = (read with { Info = read.Info ?? (description.Length > 0 ? description[..Math.Min(description.Length, 200)] : null) }).WithFact(FactNames.Community, "public");
        var versions = (description is null ? [] : new[] { "v2c" }).Concat(engine is null ? [] : new[] { "v3" });
        return read.WithFact(FactNames.ProtocolVersions, string.Join(',', versions));
    }

    /// <param name="version">0 for SNMPv1, 1 for SNMPv2c.</param>
    private static byte[] CommunityRequest(int version)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            writer.WriteOctetString(DefaultCommunity);
            using (writer.PushSequence(Get))
            {
                writer.WriteInteger(0x56446473);
                writer.WriteInteger(0);
                writer.WriteInteger(0);
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(SysDescr);
                    writer.WriteNull();
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] DiscoveryRequest()
    {
        var security = new AsnWriter(AsnEncodingRules.BER);
        using (security.PushSequence())
        {
            security.WriteOctetString([]);
            security.WriteInteger(0);
            security.WriteInteger(0);
            security.WriteOctetString([]);
            security.WriteOctetString([]);
            security.WriteOctetString([]);
        }

        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(3);
            using (writer.PushSequence())
            {
                writer.WriteInteger(0x4A69);
                writer.WriteInteger(65507);
                writer.WriteOctetString([0x04]);
                writer.WriteInteger(3);
            }

            writer.WriteOctetString(security.Encode());
            using (writer.PushSequence())
            {
                writer.WriteOctetString([]);
                writer.WriteOctetString([]);
                using (writer.PushSequence(Get))
                {
                    writer.WriteInteger(0x37F0);
                    writer.WriteInteger(0);
                    writer.WriteInteger(0);
                    using (writer.PushSequence())
                    {
                    }
                }
            }
        }

        return writer.Encode();
    }

    /// <returns>The description, empty when the agent answers without one; null when it is no answer to our question.</returns>
    private static string? ReadCommunityAnswer(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var message = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            if (message.ReadInteger() > 1) return null;
            message.ReadOctetString();
            var response = message.ReadSequence(Response);
            response.ReadInteger();
            var error = response.ReadInteger();
            response.ReadInteger();
            if (error != BigInteger.Zero) return "";
            var binding = response.ReadSequence().ReadSequence();
            binding.ReadObjectIdentifier();
            return binding.PeekTag().HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) ? Encoding.Latin1.GetString(binding.ReadOctetString()) : "";
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static byte[]? ReadEngineId(ReadOnlyMemory<byte> answer)
    {
        try
        {
            var message = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            if (message.ReadInteger() != 3) return null;
            message.ReadSequence();
            var security = new AsnReader(message.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
            var scoped = message.ReadSequence();
            scoped.ReadOctetString();
            scoped.ReadOctetString();
            return scoped.PeekTag().HasSameClassAndValue(Report) ? security.ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
