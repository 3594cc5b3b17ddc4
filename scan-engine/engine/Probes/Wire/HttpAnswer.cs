using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>An HTTP/1.x answer, read leniently: devices do not keep to the grammar.</summary>
/// <remarks>Source: RFC 9112. Any bytes give a value or null, never an exception.</remarks>
internal sealed partial record HttpAnswer
{
    private const int MaxHeaders = 100;

    private HttpAnswer(int status, string statusLine) => (Status, StatusLine) = (status, statusLine);

    /// <summary>Status code.</summary>
    public int Status { get; }

    /// <summary>First line.</summary>
    public string StatusLine { get; }

    /// <summary>Headers; a name that is repeated has its values joined by a comma.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    /// <summary>Status line and headers as sent, Latin-1.</summary>
    public string Head { get; private init; } = "";

    /// <summary>Body without the chunks' frames; UTF-8, whatever the page says.</summary>
    public string Body { get; private init; } = "";

    /// <summary>Text of the title element, without markup; null when there is none.</summary>
    public string? Title => TitleElement().Match(Body) is { Success: true } match && Spaces().Replace(match.Groups[1].Value, " ").Trim() is { Length: > 0 } title
        ? title[..Math.Min(200, title.Length)]
        : null;

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Reads an answer.</summary>
    /// <returns>Null when it is none.</returns>
    public static HttpAnswer? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("HTTP/"u8)) return null;
        var headEnd = HeadEnd(bytes, out var bodyStart);
        var head = Encoding.Latin1.GetString(bytes[..headEnd]);
        var lines = head.Split('\n');
        var statusLine = lines[0].TrimEnd('\r');
        if (StatusLinePattern().Match(statusLine) is not { Success: true } match) return null;
        var headers = ReadHeaders(lines.Skip(1).Take(MaxHeaders));
        var chunked = headers.GetValueOrDefault("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;
        return new HttpAnswer(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), statusLine)
        {
            Headers = headers,
            Head = head,
            Body = Encoding.UTF8.GetString(chunked ? Unchunk(bytes[bodyStart..]) : bytes[bodyStart..].ToArray()),
        };
    }

    /// <summary>True when the answer is all there, as far as it says where it ends.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 5 && !bytes.StartsWith("HTTP/"u8)) return true;
        var headEnd = HeadEnd(bytes, out var bodyStart);
        if (headEnd == bytes.Length) return false;
        var headers = ReadHeaders(Encoding.Latin1.GetString(bytes[..headEnd]).Split('\n').Skip(1).Take(MaxHeaders));
        if (headers.TryGetValue("Transfer-Encoding", out var coding) && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return bytes.EndsWith("0\r\n\r\n"u8);
        return headers.TryGetValue("Content-Length", out var length)
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && bytes.Length - bodyStart >= count;
    }

    private static int HeadEnd(ReadOnlySpan<byte> bytes, out int bodyStart)
    {
        var crlf = bytes.IndexOf("\r\n\r\n"u8);
        var lf = bytes.IndexOf("\n\n"u8);
        if (crlf < 0 && lf < 0)
        {
            bodyStart = bytes.Length;
            return bytes.Length;
        }

        var plain = crlf < 0 || (lf >= 0 && lf < crlf);
        bodyStart = plain ? lf + 2 : crlf + 4;
        return plain ? lf : crlf;
    }

    private static Dictionary<string, string> ReadHeaders(IEnumerable<string> lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var name = line[..colon].Trim();
            var value = line[(colon + 1)..].Trim();
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier}, {value}" : value;
        }

        return headers;
    }

    private static byte[] Unchunk(ReadOnlySpan<byte> bytes)
    {
        var body = new List<byte>();
        while (bytes.IndexOf("\r\n"u8) is var end and >= 0)
        {
            var size = Encoding.Latin1.GetString(bytes[..end]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count) || count <= 0) break;
            var content = bytes[(end + 2)..];
            var taken = Math.Min(count, content.Length);
            body.AddRange(content[..taken]);
            bytes = content[Math.Min(content.Length, taken + 2)..];
        }

        return [.. body];
    }

    [GeneratedRegex(@"^HTTP/\d(?:\.\d)? (\d{3})(?: |$)", RegexOptions.CultureInvariant)]
    private static partial Regex StatusLinePattern();

    [GeneratedRegex(@"<title[^>]{0,100}>([^<]{0,2000})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TitleElement();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
