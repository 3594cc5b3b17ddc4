namespace VulnDiag.Engine.Fingerprints;

/// <summary>What a text that a server sent says of it.</summary>
/// <param name="Service">IANA or nmap service name.</param>
/// <param name="Product">Product, or null.</param>
/// <param name="Version">Upstream version, or null.</param>
/// <param name="Info">What else is said, such as the distribution's revision; or null.</param>
/// <param name="Cpe">CPE 2.3 names.</param>
public sealed record BannerReading(string Service, string? Product, string? Version, string? Info, IReadOnlyList<string> Cpe);

/// <summary>Recognises a raw banner that comes without its probe: an SSH line, an HTTP answer or its Server header, a greeting.</summary>
/// <remarks>Thread-safe. The kind is told by the service, where it is known, else by how the text begins, else every kind is tried.</remarks>
public static class BannerReader
{
    private const string Any = "text";

    private static readonly Dictionary<string, string> KindByService = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ssh"] = "ssh.banner",
        ["http"] = "http.server", ["https"] = "http.server", ["http-proxy"] = "http.server", ["http-alt"] = "http.server", ["ipp"] = "http.server",
        ["ftp"] = "ftp.greeting", ["ftps"] = "ftp.greeting",
        ["smtp"] = "smtp.greeting", ["smtps"] = "smtp.greeting", ["submission"] = "smtp.greeting",
        ["imap"] = "imap.greeting", ["imaps"] = "imap.greeting",
        ["pop3"] = "pop3.greeting", ["pop3s"] = "pop3.greeting",
        ["domain"] = "dns.version", ["dns"] = "dns.version",
        ["mysql"] = "mysql.version", ["mariadb"] = "mysql.version",
        ["snmp"] = "snmp.description",
        ["telnet"] = "telnet.banner",
    };

    private static readonly string[] TriedInOrder =
        ["http.server", "smtp.greeting", "ftp.greeting", "dns.version", "mysql.version", "imap.greeting", "pop3.greeting", "snmp.description", "telnet.banner", "http.page", Any, "banner.text"];

    private static readonly string[] HeadersOfComponents = ["Server:", "X-Powered-By:"];

    /// <summary>Reads a banner.</summary>
    /// <param name="banner">The text as it came; bytes read as Latin-1 or UTF-8.</param>
    /// <param name="service">Service name, or null while unknown.</param>
    /// <returns>Null when nothing is recognised.</returns>
    public static BannerReading? Read(string banner, string? service)
    {
        var text = banner.Trim();
        BannerReading? withoutVersion = null;
        foreach (var (kind, part) in Candidates(text, service))
        {
            if (Match(kind, part) is not { } reading) continue;
            if (reading.Version is not null) return reading;
            withoutVersion ??= reading;
        }

        return withoutVersion;
    }

    /// <summary>Reads a banner, and what else it names: <c>Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16</c> is three products.</summary>
    /// <returns>The server itself first; empty when nothing is recognised.</returns>
    public static IReadOnlyList<BannerReading> ReadAll(string banner, string? service)
    {
        var text = banner.Trim();
        IEnumerable<BannerReading?> readings =
            [Read(banner, service), Match("banner.header", text), .. Components(text, service).Select(static word => Match("banner.component", word))];
        return [.. readings.OfType<BannerReading>().DistinctBy(static reading => reading.Product)];
    }

    private static BannerReading? Match(string kind, string text) => FingerprintCatalogue.Shipped.Match(kind, text) is { } read
        ? new BannerReading(read.Service, read.Product, read.Version, read.Info, read.Cpe)
        : null;

    /// <summary>The words of the headers that name software; of the whole text where it is a bare Server header.</summary>
    private static IEnumerable<string> Components(string text, string? service)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 1 && (service is null || KindByService.GetValueOrDefault(service) == "http.server")) return text.Split(' ');
        return from line in lines
               from header in HeadersOfComponents
               where line.StartsWith(header, StringComparison.OrdinalIgnoreCase)
               from word in line[header.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
               select word;
    }

    private static IEnumerable<(string Kind, string Text)> Candidates(string text, string? service)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.FirstOrDefault(static line => line.StartsWith("SSH-", StringComparison.Ordinal)) is { } ssh) yield return ("ssh.banner", ssh);
        if (ServerHeader(lines) is { } server) yield return ("http.server", server);
        if (text.StartsWith("HTTP/", StringComparison.Ordinal)) yield return ("http.page", text);
        if (text.StartsWith("* OK", StringComparison.Ordinal)) yield return ("imap.greeting", text);
        if (text.StartsWith("+OK", StringComparison.Ordinal)) yield return ("pop3.greeting", text);

        var greeting = WithoutCodes(lines);
        if (service is not null && KindByService.TryGetValue(service, out var known)) yield return (known, greeting);
        foreach (var kind in TriedInOrder) yield return (kind, greeting);
    }

    private static string? ServerHeader(string[] lines)
    {
        const string Name = "Server:";
        return lines.FirstOrDefault(static line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..].Trim();
    }

    /// <summary>The lines of an FTP or SMTP greeting without their reply code; other texts as they are.</summary>
    private static string WithoutCodes(string[] lines) => string.Join('\n', lines.Select(static line =>
        line.StartsWith("220 ", StringComparison.Ordinal) || line.StartsWith("220-", StringComparison.Ordinal) ? line[4..] : line));
}
