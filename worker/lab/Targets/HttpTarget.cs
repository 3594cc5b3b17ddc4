using System.Globalization;
using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A web server with one page. Source: RFC 9110 and 9112.</summary>
public sealed class HttpTarget(IPAddress address, int port, HttpSite site) : TcpTarget(address, port)
{
    internal override Task ServeAsync(TargetLine line, CancellationToken cancellationToken) => ServeAsync(line, site, cancellationToken);

    /// <summary>Answers requests on one connection until the client closes it or asks for its end.</summary>
    internal static async Task ServeAsync(TargetLine line, HttpSite site, CancellationToken cancellationToken)
    {
        while (await line.ReadLineAsync(cancellationToken) is { } request)
        {
            var parts = request.Split(' ');
            if (parts.Length != 3 || !parts[2].StartsWith("HTTP/", StringComparison.Ordinal))
            {
                await line.WriteAsync(Answer(site, "400 Bad Request", "<h1>400 Bad Request</h1>", "close", withBody: true), cancellationToken);
                return;
            }

            var (close, length) = await ReadHeadersAsync(line, parts[2] == "HTTP/1.0", cancellationToken);
            if (length > 0 && await line.ReadExactlyAsync(length, cancellationToken) is null) return;
            var (status, body) = Respond(site, parts[0], parts[1]);
            await line.WriteAsync(Answer(site, status, body, close ? "close" : "keep-alive", parts[0] != "HEAD"), cancellationToken);
            if (close) return;
        }
    }

    private static async Task<(bool Close, int Length)> ReadHeadersAsync(TargetLine line, bool close, CancellationToken cancellationToken)
    {
        var length = 0;
        while (await line.ReadLineAsync(cancellationToken) is { Length: > 0 } header)
        {
            if (header.Equals("Connection: close", StringComparison.OrdinalIgnoreCase)) close = true;
            if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                _ = int.TryParse(header["Content-Length:".Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out length);
        }

        return (close, length);
    }

    private static (string Status, string Body) Respond(HttpSite site, string method, string path) => (method, path.Split('?')[0]) switch
    {
        (not ("GET" or "HEAD" or "POST"), _) => ("405 Method Not Allowed", "<h1>405 Method Not Allowed</h1>"),
        (_, "/") when site.Realm is not null => ("401 Unauthorized", "<h1>401 Unauthorized</h1>"),
        (_, "/") => ("200 OK", site.Page),
        _ => ("404 Not Found", "<h1>404 Not Found</h1>"),
    };

    private static string Answer(HttpSite site, string status, string body, string connection, bool withBody)
    {
        var answer = new StringBuilder($"HTTP/1.1 {status}\r\n");
        if (site.Server.Length > 0) answer.Append(CultureInfo.InvariantCulture, $"Server: {site.Server}\r\n");
        if (site.Realm is { } realm && status.StartsWith("401", StringComparison.Ordinal))
            answer.Append(CultureInfo.InvariantCulture, $"WWW-Authenticate: Basic realm=\"{realm}\"\r\n");
        answer.Append(CultureInfo.InvariantCulture, $"Content-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: {connection}\r\n\r\n");
        return withBody ? answer.Append(body).ToString() : answer.ToString();
    }
}
