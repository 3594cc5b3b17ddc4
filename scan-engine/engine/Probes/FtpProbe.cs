using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads an FTP server's greeting and features, and looks at its TLS where it offers an upgrade. Does not log in.</summary>
/// <remarks>Worst case: 1 connection, 1 request, and the TLS inspection. Source: RFC 959, RFC 2389 (FEAT), RFC 4217 (AUTH TLS).</remarks>
internal sealed class FtpProbe : IServiceProbe
{
    private static readonly byte[] Features = "FEAT\r\n"u8.ToArray();
    private static readonly byte[] AuthTls = "AUTH TLS\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("ftp", Transport.Tcp, Ports: [21, 990, 2121, 8021], MaxRequests: 1) { Order = 30 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("220"u8) && greeting.Length > 3 && greeting[3] is (byte)' ' or (byte)'-'
        && greeting.IndexOf("SMTP"u8) < 0;

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { } greeting) return ProbeOutcome.Silent();
        if (greeting.Code is not (220 or 120 or 421) || greeting.Text.Contains("SMTP", StringComparison.Ordinal)) return ProbeOutcome.NoMatch(Evidence.Of(greeting.Raw));
        await link.SendAsync(Features, cancellationToken);
        var features = await ServerReply.ReadAsync(link, cancellationToken);
        // A mail server without "SMTP" in its greeting does not know FEAT and answers 5xx with its own words; so does an old FTP server.
        if (features is { Code: 502 or 500 } && features.Text.Contains("5.5", StringComparison.Ordinal)) return ProbeOutcome.NoMatch(Evidence.Of(greeting.Raw));
        var read = FingerprintCatalogue.Shipped.Match("ftp.greeting", greeting.Text)
            ?? (features is null ? null : FingerprintCatalogue.Shipped.Match("ftp.features", features.Raw))
            ?? new Identification { Service = "ftp", Confidence = 80 };
        return ProbeOutcome.Identified(await LookAtTlsAsync(read, features, context, cancellationToken), Evidence.Of(greeting.Raw));
    }

    private static async ValueTask<Identification> LookAtTlsAsync(Identification read, ServerReply? features, ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Target.Tls is not null || features is null) return read;
        // A server that lists its features lists AUTH TLS; one without a list has to be asked.
        var listed = features.Code == 211;
        if (listed && !features.Text.Contains("AUTH TLS", StringComparison.OrdinalIgnoreCase) && !features.Text.Contains("AUTH SSL", StringComparison.OrdinalIgnoreCase))
            return read.WithFact(FactNames.StartTls, FactNames.No);
        var tls = await context.InspectTlsAsync(PrepareAsync, cancellationToken);
        return read.WithFact(FactNames.StartTls, tls is null ? FactNames.No : FactNames.Yes) with { Tls = tls };
    }

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { Positive: true }) return false;
        await link.SendAsync(AuthTls, cancellationToken);
        return await ServerReply.ReadAsync(link, cancellationToken) is { Positive: true };
    }
}
