using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks memcached for its version over TCP.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: memcached, doc/protocol.txt.</remarks>
internal sealed partial class MemcachedProbe : IServiceProbe
{
    /// <summary>The request without a frame.</summary>
    internal static readonly byte[] Request = "version\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("memcached", Transport.Tcp, Ports: [11211], MaxRequests: 1) { AnyPort = 150 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.EndsWith("\n"u8), TryRead, cancellationToken);

    /// <summary>Reads the answer, which is the same over UDP behind the frame's header.</summary>
    internal static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var text = Encoding.Latin1.GetString(answer.Span);
        if (text.StartsWith("CLIENT_ERROR unauthenticated", StringComparison.Ordinal))
            return new Identification { Service = "memcached", Product = "memcached", Cpe = ["cpe:2.3:a:memcached:memcached:*:*:*:*:*:*:*:*"] }.WithFact(FactNames.AuthRequired, FactNames.Yes);
        if (Version().Match(text) is not { Success: true } match) return null;
        var version = match.Groups[1].Value;
        return new Identification
        {
            Service = "memcached",
            Product = "memcached",
            Version = version,
            Cpe = [$"cpe:2.3:a:memcached:memcached:{version}:*:*:*:*:*:*:*"],
            Confidence = 98,
        }.WithFact(FactNames.AuthRequired, FactNames.No);
    }

    [GeneratedRegex(@"^VERSION (\d+(?:\.\d+){1,3})[^\r\n]{0,40}\r\n", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
