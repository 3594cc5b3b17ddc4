using System.Formats.Asn1;
using System.Text;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a directory for its root entry, which is open to all, and whether strangers may read the entry above its people.</summary>
/// <remarks>Worst case: 1 connection, 2 requests. Source: RFC 4511 section 4.5 (search), RFC 4512 section 5.1 (root DSE).</remarks>
internal sealed class LdapProbe : IServiceProbe
{
    private static readonly Asn1Tag SearchRequest = new(TagClass.Application, 3), Entry = new(TagClass.Application, 4), Present = new(TagClass.ContextSpecific, 7);
    private static readonly string[] Attributes = ["objectClass", "namingContexts", "defaultNamingContext", "vendorName", "vendorVersion", "dnsHostName", "domainControllerFunctionality"];

    public ProbeInfo Info { get; } = new("ldap", Transport.Tcp, Ports: [389, 636, 3268, 3269], MaxRequests: 2) { AnyPort = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        await link.SendAsync(Search(1, "", Attributes), cancellationToken);
        var answer = await link.ReadAsync(cancellationToken);
        if (answer.IsEmpty) return ProbeOutcome.Silent();
        if (ReadEntry(answer, 1) is not { } root) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        var found = Identify(root);
        var top = root.GetValueOrDefault("defaultNamingContext") ?? root.GetValueOrDefault("namingContexts");
        if (string.IsNullOrEmpty(top) || link.Closed) return ProbeOutcome.Identified(found, Evidence.Of(answer));
        await link.SendAsync(Search(2, top, ["objectClass"]), cancellationToken);
        var inside = ReadEntry(await link.ReadAsync(cancellationToken), 2);
        return ProbeOutcome.Identified(inside is null ? found : found.WithFact("anonymous", inside.Count > 0 ? FactNames.Yes : FactNames.No), Evidence.Of(answer));
    }

    private static Identification Identify(Dictionary<string, string> root)
    {
        var found = new Identification { Service = "ldap", Info = root.GetValueOrDefault("dnsHostName") ?? root.GetValueOrDefault("namingContexts") };
        if (root.ContainsKey("domainControllerFunctionality")) return found with { Product = "Microsoft Active Directory", Confidence = 95 };
        if (root.GetValueOrDefault("objectClass")?.Contains("OpenLDAProotDSE", StringComparison.Ordinal) == true)
            return found with { Product = "OpenLDAP", Cpe = ["cpe:2.3:a:openldap:openldap:*:*:*:*:*:*:*:*"], Confidence = 95 };
        return root.GetValueOrDefault("vendorName") is { Length: > 0 } vendor
            ? found with { Product = vendor[..Math.Min(60, vendor.Length)], Info = root.GetValueOrDefault("vendorVersion") ?? found.Info }
            : found;
    }

    private static byte[] Search(int message, string name, IReadOnlyList<string> attributes)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(message);
            using (writer.PushSequence(SearchRequest))
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(name));
                writer.WriteEnumeratedValue(Scope.Base);
                writer.WriteEnumeratedValue(Scope.Base);
                writer.WriteInteger(1);
                writer.WriteInteger(10);
                writer.WriteBoolean(false);
                writer.WriteOctetString("objectClass"u8, Present);
                using (writer.PushSequence())
                {
                    foreach (var attribute in attributes) writer.WriteOctetString(Encoding.ASCII.GetBytes(attribute));
                }
            }
        }

        return writer.Encode();
    }

    /// <returns>The entry's attributes (several values joined by a space); empty when there is no entry; null when it is no answer.</returns>
    private static Dictionary<string, string>? ReadEntry(ReadOnlyMemory<byte> answer, int message)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var response = new AsnReader(answer, AsnEncodingRules.BER).ReadSequence();
            if (response.ReadInteger() != message) return null;
            var tag = response.PeekTag();
            if (tag.TagClass != TagClass.Application || tag.TagValue is not (4 or 5)) return null;
            if (tag.TagValue == 5) return values;
            var entry = response.ReadSequence(Entry);
            entry.ReadOctetString();
            var attributes = entry.ReadSequence();
            while (attributes.HasData)
            {
                var attribute = attributes.ReadSequence();
                var name = Encoding.UTF8.GetString(attribute.ReadOctetString());
                var set = attribute.ReadSetOf(skipSortOrderValidation: true);
                var texts = new List<string>();
                while (set.HasData) texts.Add(Encoding.UTF8.GetString(set.ReadOctetString()));
                values[name] = name.Equals("objectClass", StringComparison.OrdinalIgnoreCase) ? string.Join(' ', texts) : texts.FirstOrDefault() ?? "";
            }

            return values;
        }
        catch (AsnContentException)
        {
            return values.Count > 0 ? values : null;
        }
    }

    private enum Scope
    {
        Base = 0,
    }
}
