using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads a mail server's greeting and extensions, and looks at its TLS where it offers an upgrade.</summary>
/// <remarks>Worst case: 1 connection, 1 request, and the TLS inspection. Source: RFC 5321, RFC 3207 (STARTTLS). The name given is one that can never exist (RFC 6761).</remarks>
internal sealed class SmtpProbe : IServiceProbe
{
    /// <summary>How we greet.</summary>
    internal static readonly byte[] Hello = "EHLO scanner.invalid\r\n"u8.ToArray();
    private static readonly byte[] StartTls = "STARTTLS\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("smtp", Transport.Tcp, Ports: [25, 465, 587, 2525], MaxRequests: 1) { Order = 20 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("220"u8) && greeting.IndexOf("SMTP"u8) >= 0;

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { } greeting) return ProbeOutcome.Silent();
        if (greeting.Code is not (220 or 421 or 554)) return ProbeOutcome.NoMatch(Evidence.Of(greeting.Raw));
        var read = FingerprintCatalogue.Shipped.Match("smtp.greeting", greeting.Text) ?? new Identification { Service = "smtp" };
        if (greeting.Code != 220) return ProbeOutcome.Identified(read, Evidence.Of(greeting.Raw));
        await link.SendAsync(Hello, cancellationToken);
        var hello = await ServerReply.ReadAsync(link, cancellationToken);
        if (hello is not { Code: 250 or 502 or 500 or 550 or 554 or 421 or 451 or 501 or 504 }) return ProbeOutcome.NoMatch(Evidence.Of(greeting.Raw));
        if (hello.Code != 250 && !greeting.Text.Contains("SMTP", StringComparison.Ordinal)) return ProbeOutcome.NoMatch(Evidence.Of(greeting.Raw));
        read = WithExtensions(read, hello);
        if (context.Target.Tls is null && read.Facts[FactNames.StartTls] == FactNames.Yes)
            read = read with { Tls = await context.InspectTlsAsync(PrepareAsync, cancellationToken) };
        return ProbeOutcome.Identified(read, Evidence.Of(greeting.Raw));
    }

    private static Identification WithExtensions(Identification read, ServerReply hello)
    {
        var words = hello.Lines.Skip(1).Select(static line => line.ToUpperInvariant()).ToList();
        var login = words.FirstOrDefault(static line => line.StartsWith("AUTH", StringComparison.Ordinal));
        read = read.WithFact(FactNames.StartTls, words.Contains("STARTTLS") ? FactNames.Yes : FactNames.No);
        if (login is null) return read;
        var plain = login.Contains("PLAIN", StringComparison.Ordinal) || login.Contains("LOGIN", StringComparison.Ordinal);
        return read
            .WithFact(FactNames.AuthMethods, login[4..].TrimStart(' ', '=').Replace(' ', ','))
            .WithFact(FactNames.PlainLogin, plain ? FactNames.Yes : FactNames.No);
    }

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { Code: 220 }) return false;
        await link.SendAsync(Hello, cancellationToken);
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { Code: 250 }) return false;
        await link.SendAsync(StartTls, cancellationToken);
        return await ServerReply.ReadAsync(link, cancellationToken) is { Code: 220 };
    }
}
