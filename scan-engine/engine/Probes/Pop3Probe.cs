using System.Text;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads a POP3 server's greeting and capabilities. Does not log in.</summary>
/// <remarks>Worst case: 1 connection, 1 request, and the TLS inspection. Source: RFC 1939, RFC 2449 (CAPA), RFC 2595 (STLS).</remarks>
internal sealed class Pop3Probe : IServiceProbe
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private static readonly byte[] Capabilities = "CAPA\r\n"u8.ToArray();
    private static readonly byte[] StartTls = "STLS\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("pop3", Transport.Tcp, Ports: [110, 995], MaxRequests: 1) { Order = 20 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("+OK"u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var raw = await link.ReadUntilAsync(LineEnd, cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (!Recognises(raw.Span)) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        var greeting = Encoding.Latin1.GetString(raw.Span).TrimEnd();
        await link.SendAsync(Capabilities, cancellationToken);
        var answer = await link.ReadUntilAsync(IsWhole, cancellationToken);
        var capabilities = Encoding.Latin1.GetString(answer.Span).ToUpperInvariant().Split('\n', StringSplitOptions.TrimEntries);
        var read = FingerprintCatalogue.Shipped.Match("pop3.greeting", greeting)
            ?? FingerprintCatalogue.Shipped.Match("pop3.capabilities", Encoding.Latin1.GetString(answer.Span))
            ?? new Identification { Service = "pop3" };
        read = WithCapabilities(read, capabilities);
        if (context.Target.Tls is null && capabilities.Contains("STLS"))
            read = read with { Tls = await context.InspectTlsAsync(PrepareAsync, cancellationToken) };
        return ProbeOutcome.Identified(read, Evidence.Of(raw));
    }

    private static Identification WithCapabilities(Identification read, string[] capabilities)
    {
        // A server without CAPA (RFC 1939) has USER and PASS only.
        var listed = capabilities.Length > 0 && capabilities[0].StartsWith("+OK", StringComparison.Ordinal);
        var methods = capabilities.FirstOrDefault(static line => line.StartsWith("SASL", StringComparison.Ordinal))?[4..].Trim().Replace(' ', ',');
        var plain = !listed || capabilities.Contains("USER") || methods?.Contains("PLAIN", StringComparison.Ordinal) == true;
        if (!string.IsNullOrEmpty(methods)) read = read.WithFact(FactNames.AuthMethods, methods);
        return read
            .WithFact(FactNames.StartTls, capabilities.Contains("STLS") ? FactNames.Yes : FactNames.No)
            .WithFact(FactNames.PlainLogin, plain ? FactNames.Yes : FactNames.No);
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        bytes.EndsWith("\r\n.\r\n"u8) || (bytes.StartsWith("-ERR"u8) && bytes.EndsWith("\n"u8));

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var greeting = await link.ReadUntilAsync(LineEnd, cancellationToken);
        if (!greeting.Span.StartsWith("+OK"u8)) return false;
        await link.SendAsync(StartTls, cancellationToken);
        return (await link.ReadUntilAsync(LineEnd, cancellationToken)).Span.StartsWith("+OK"u8);
    }
}
