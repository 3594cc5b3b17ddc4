using System.Text;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads an IMAP server's greeting, capabilities and, where it tells, its name. Does not log in.</summary>
/// <remarks>Worst case: 1 connection, 2 requests, and the TLS inspection. Source: RFC 9051, RFC 2971 (ID).</remarks>
internal sealed class ImapProbe : IServiceProbe
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private static readonly byte[] Capability = "a1 CAPABILITY\r\n"u8.ToArray();
    private static readonly byte[] Id = "a2 ID NIL\r\n"u8.ToArray();
    private static readonly byte[] StartTls = "a3 STARTTLS\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("imap", Transport.Tcp, Ports: [143, 993], MaxRequests: 2) { Order = 20 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("* OK"u8) || greeting.StartsWith("* PREAUTH"u8) || greeting.StartsWith("* BYE"u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var raw = await link.ReadUntilAsync(LineEnd, cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (!Recognises(raw.Span)) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        var greeting = Encoding.Latin1.GetString(raw.Span).TrimEnd();
        var read = FingerprintCatalogue.Shipped.Match("imap.greeting", greeting) ?? new Identification { Service = "imap" };
        if (!greeting.StartsWith("* OK", StringComparison.Ordinal)) return ProbeOutcome.Identified(read, Evidence.Of(raw));
        await link.SendAsync(Capability, cancellationToken);
        var capabilities = (await TaggedAsync(link, "a1", cancellationToken)).ToUpperInvariant();
        var words = capabilities.Split(' ', '\r', '\n');
        if (words.Contains("ID"))
        {
            await link.SendAsync(Id, cancellationToken);
            read = Named(read, await TaggedAsync(link, "a2", cancellationToken));
        }

        read = WithCapabilities(read, words);
        if (context.Target.Tls is null && words.Contains("STARTTLS"))
            read = read with { Tls = await context.InspectTlsAsync(PrepareAsync, cancellationToken) };
        return ProbeOutcome.Identified(read, Evidence.Of(raw));
    }

    private static Identification Named(Identification read, string answer)
    {
        if (FingerprintCatalogue.Shipped.Match("imap.id", answer) is not { } named) return read;
        return read.Product is null || named.Version is not null ? named with { Info = named.Info ?? read.Info } : read;
    }

    private static Identification WithCapabilities(Identification read, string[] words)
    {
        var methods = words.Where(static word => word.StartsWith("AUTH=", StringComparison.Ordinal)).Select(static word => word[5..]).Distinct().ToList();
        var plain = !words.Contains("LOGINDISABLED") || methods.Contains("PLAIN") || methods.Contains("LOGIN");
        read = read.WithFact(FactNames.StartTls, words.Contains("STARTTLS") ? FactNames.Yes : FactNames.No);
        if (methods.Count > 0) read = read.WithFact(FactNames.AuthMethods, string.Join(',', methods));
        return read.WithFact(FactNames.PlainLogin, plain ? FactNames.Yes : FactNames.No);
    }

    /// <summary>All up to the line that starts with the command's tag.</summary>
    private static async ValueTask<string> TaggedAsync(ProbeLink link, string tag, CancellationToken cancellationToken)
    {
        var end = Encoding.ASCII.GetBytes($"{tag} ");
        var answer = await link.ReadUntilAsync(bytes => EndsWithTagged(bytes, end), cancellationToken);
        return Encoding.Latin1.GetString(answer.Span);
    }

    private static bool EndsWithTagged(ReadOnlySpan<byte> bytes, byte[] tag)
    {
        if (bytes is not [.., (byte)'\n']) return false;
        var lineStart = bytes[..^1].LastIndexOf((byte)'\n') + 1;
        return bytes[lineStart..].StartsWith(tag);
    }

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var greeting = await link.ReadUntilAsync(LineEnd, cancellationToken);
        if (!greeting.Span.StartsWith("* OK"u8)) return false;
        await link.SendAsync(StartTls, cancellationToken);
        return (await TaggedAsync(link, "a3", cancellationToken)).Contains("a3 OK", StringComparison.Ordinal);
    }
}
