using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Greets a Java RMI port, and leaves. Calls no method and sends no object.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Java RMI Specification, "RMI Wire Protocol" (Header, StreamProtocol, ProtocolAck).</remarks>
internal sealed class JavaRmiProbe : IServiceProbe
{
    private const byte Acknowledged = 0x4e;
    private const int Rest = 4;

    /// <summary>JRMI, version 2, stream protocol.</summary>
    private static readonly byte[] Request = [.. "JRMI"u8, 0, 2, 0x4b];

    public ProbeInfo Info { get; } = new("java-rmi", Transport.Tcp, Ports: [1099, 1098], MaxRequests: 1) { AnyPort = 240 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => IsWhole(bytes), TryRead, cancellationToken);

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        reader.Skip(1);
        reader.Skip(reader.UInt16() + Rest);
        return !reader.Short;
    }

    /// <summary>The server tells how it sees us: our address, and our port as four bytes.</summary>
    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        if (reader.Byte() != Acknowledged) return null;
        var host = reader.Text(reader.UInt16());
        var port = reader.UInt32();
        if (reader.Short || !reader.Rest.IsEmpty || host.Length == 0 || port > ushort.MaxValue) return null;
        return host.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or ':' or '-' or '%' or '_') ? new Identification { Service = "java-rmi", Confidence = 90 } : null;
    }
}
