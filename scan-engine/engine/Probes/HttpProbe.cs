using System.Globalization;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a web server for its first page: server, title, log-in screens of devices.</summary>
/// <remarks>
/// Worst case: 3 connections with 1 request each (a redirection on the same host is followed once; a product that has a page for its
/// version is asked for it), and the TLS inspection where a port turns out to want TLS. Source: RFC 9110, RFC 9112.
/// </remarks>
internal sealed partial class HttpProbe : IServiceProbe
{
    private const int MaxPageText = 16 * 1024;

    public ProbeInfo Info { get; } = new(
        "http",
        Transport.Tcp,
        Ports: [80, 81, 82, 88, 280, 443, 591, 631, 2080, 3000, 3128, 4433, 4443, 5000, 5001, 5357, 5601, 5800, 5985, 5986, 6443, 7001, 7547, 8000, 8008, 8080, 8081, 8088, 8090, 8443, 8888, 9000, 9080, 9090, 9200, 9443, 10000, 10443, 15672, 49152],
        MaxRequests: 3)
    {
        AnyPort = 0,
        Order = 20,
    };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("HTTP/1."u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/", cancellationToken);
        if (raw.IsEmpty) return ProbeOutcome.Silent();
        if (HttpAnswer.TryParse(raw.Span) is not { } first || IsAnotherProtocols(first)) return ProbeOutcome.NoMatch(Evidence.Of(raw));
        if (context.Target.Tls is null && WantsTls(first)) return await InsideTlsAsync(context, first, cancellationToken);
        var last = RedirectedPath(first, context) is { } path ? await FollowAsync(context, path, cancellationToken) : null;
        var found = Identify(first, last ?? first);
        if (found.MoreAt is { } page && await FollowAsync(context, page, cancellationToken) is { } more) found = WithVersion(found, more);
        return ProbeOutcome.Identified(found, Evidence.Of(first.Head));
    }

    /// <summary>The version from a product's own page; a page of another product leaves what was known.</summary>
    private static Identification WithVersion(Identification found, HttpAnswer page) =>
        FingerprintCatalogue.Shipped.Match("http.page", PageText(page)) is { Version: not null } read && read.Product == found.Product
            ? found with { Version = read.Version, Info = read.Info ?? found.Info, Cpe = read.Cpe, Confidence = read.Confidence }
            : found;

    /// <summary>What the first answer and the page behind its redirection say.</summary>
    internal static Identification Identify(HttpAnswer first, HttpAnswer page)
    {
        var server = page.Header("Server") ?? first.Header("Server");
        var byServer = server is null ? null : FingerprintCatalogue.Shipped.Match("http.server", server);
        var byPage = FingerprintCatalogue.Shipped.Match("http.page", PageText(page)) ?? FingerprintCatalogue.Shipped.Match("http.page", PageText(first));
        var read = byPage is null ? byServer ?? new Identification { Service = "http" } : Join(byPage, byServer, server);
        foreach (var (name, value) in FactsOf(page, server)) read = read.WithFact(name, value);
        return read;
    }

    /// <summary>The text that the fingerprints of pages are matched against: status line, headers, body.</summary>
    internal static string PageText(HttpAnswer page) =>
        $"{page.Head}\n\n{page.Body[..Math.Min(page.Body.Length, MaxPageText - Math.Min(MaxPageText, page.Head.Length))]}";

    /// <summary>The page names the device or application, the header what serves it; a page without a name leaves the header's.</summary>
    private static Identification Join(Identification page, Identification? server, string? header)
    {
        if (page.Product is null) return (server ?? page) with { Service = page.Service == "http" && server is not null ? server.Service : page.Service, Facts = page.Facts };
        return page with { Info = page.Info ?? (server?.Product is null ? null : header), Cpe = [.. page.Cpe.Union(server?.Cpe ?? [], StringComparer.Ordinal)] };
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(HttpAnswer page, string? server)
    {
        yield return (FactNames.Status, page.Status.ToString(CultureInfo.InvariantCulture));
        if (server is not null) yield return (FactNames.Server, server);
        if (page.Title is { } title) yield return (FactNames.Title, title);
        if (page.Header("WWW-Authenticate") is { } challenge && Realm().Match(challenge) is { Success: true } realm)
            yield return (FactNames.Realm, realm.Groups[1].Value);
        if (page.Header("WWW-Authenticate") is { } offer && offer.StartsWith("Basic", StringComparison.OrdinalIgnoreCase)) yield return (FactNames.PlainLogin, FactNames.Yes);
        if (PasswordInput().IsMatch(page.Body)) yield return (FactNames.PasswordField, FactNames.Yes);
    }

    /// <summary>MongoDB answers a web request in HTTP, saying that it is none of HTTP's.</summary>
    private static bool IsAnotherProtocols(HttpAnswer answer) => answer.Body.Contains("MongoDB over HTTP on the native driver port", StringComparison.Ordinal);

    private static bool WantsTls(HttpAnswer answer) =>
        answer.Status == 400 && (answer.Body.Contains("HTTPS port", StringComparison.OrdinalIgnoreCase)
            || answer.Body.Contains("SSL-enabled server port", StringComparison.OrdinalIgnoreCase)
            || answer.Body.Contains("HTTP request to an HTTPS server", StringComparison.OrdinalIgnoreCase));

    /// <summary>The server answers in the clear that it wants TLS: it is looked at there.</summary>
    private static async ValueTask<ProbeOutcome> InsideTlsAsync(ProbeContext context, HttpAnswer refusal, CancellationToken cancellationToken)
    {
        var tls = await context.InspectTlsAsync(prepare: null, cancellationToken);
        if (tls is null) return ProbeOutcome.Identified(Identify(refusal, refusal), Evidence.Of(refusal.Head));
        var answer = refusal;
        try
        {
            await using var link = await context.ConnectPlainAsync(cancellationToken);
            await link.UpgradeToTlsAsync(cancellationToken);
            answer = HttpAnswer.TryParse((await HttpRequest.GetAsync(link, context.Target.HostName, "/", cancellationToken)).Span) ?? refusal;
        }
        catch (LinkException error) when (error.Failure is LinkFailure.TlsFailed or LinkFailure.Reset)
        {
            // A server whose TLS our platform refuses to speak: the plain refusal still names it.
        }

        return ProbeOutcome.Identified(Identify(answer, answer) with { Service = "https", Tls = tls }, Evidence.Of(answer.Head));
    }

    private static async ValueTask<HttpAnswer?> FollowAsync(ProbeContext context, string path, CancellationToken cancellationToken)
    {
        try
        {
            return HttpAnswer.TryParse((await HttpRequest.GetAsync(context, path, cancellationToken)).Span);
        }
        catch (LinkException)
        {
            return null;
        }
    }

    /// <summary>Where the answer sends a browser, if that is on the same host, port and scheme: nothing else may be asked.</summary>
    private static string? RedirectedPath(HttpAnswer answer, ProbeContext context)
    {
        var target = answer.Status is >= 301 and <= 308 ? answer.Header("Location") : null;
        target ??= PageRedirect().Match(answer.Body) is { Success: true } match ? match.Groups[1].Value : null;
        if (target is null || target.Any(static character => character is <= ' ' or > '~')) return null;
        var scheme = context.Target.Tls is null ? "http" : "https";
        if (!Uri.TryCreate(new Uri($"{scheme}://{context.Target.HostName}:{context.Target.Port}/"), target, out var uri)) return null;
        var here = uri.Scheme == scheme && uri.Port == context.Target.Port && uri.Host.Trim('[', ']') == context.Target.HostName.Trim('[', ']');
        return here && uri.PathAndQuery is not "/" and { Length: < 1000 } ? uri.PathAndQuery : null;
    }

    [GeneratedRegex("realm=\"?([^\",]{1,200})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Realm();

    [GeneratedRegex("<input[^>]{0,300}type=[\"']?password", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInput();

    // A page of a device that sends the browser on: by meta refresh, or by a script that sets the window's location.
    [GeneratedRegex("(?:http-equiv=[\"']?refresh[\"']?[^>]{0,60}url=|(?:window|top|self|document)\\.location(?:\\.href)?\\s?=\\s?)[\"']?([^\"'>\\s;]{1,300})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PageRedirect();
}
