using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises the echo service over TCP.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 862.</remarks>
internal sealed class EchoProbe : IServiceProbe
{
    /// <summary>Words that no server says by itself.</summary>
    internal static readonly byte[] Words = "VulnDiag echo 4af1\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("echo", Transport.Tcp, Ports: [7], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Words, static bytes => bytes.Length >= Words.Length, TryRead, cancellationToken);

    internal static Identification? TryRead(ReadOnlyMemory<byte> answer) => answer.Span.SequenceEqual(Words) ? new Identification { Service = "echo", Confidence = 98 } : null;
}
