using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a camera or recorder which RTSP methods it knows. No picture is asked for.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 2326 section 10.1.</remarks>
internal sealed partial class RtspProbe : IServiceProbe
{
    private static readonly byte[] Request = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("rtsp", Transport.Tcp, Ports: [554, 8554], MaxRequests: 1);

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("RTSP/1.0 "u8);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.IndexOf("\r\n\r\n"u8) >= 0, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var text = Encoding.Latin1.GetString(answer.Span);
        // As in SIP, an answer without the request's CSeq is only another server's echo (RFC 2326 section 12.17).
        if (!text.StartsWith("RTSP/1.0 ", StringComparison.Ordinal) || !text.Contains("CSeq: 1", StringComparison.OrdinalIgnoreCase)) return null;
        return new Identification { Service = "rtsp", Info = Server().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : null, Confidence = 95 };
    }

    [GeneratedRegex(@"\r\nServer: ([^\r\n]{1,100})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Server();
}
