using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks Microsoft SQL Server for its version before any log-in.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: MS-TDS section 2.2.6.5 (PRELOGIN).</remarks>
internal sealed class MssqlProbe : IServiceProbe
{
    private const byte Response = 4, VersionOption = 0, EncryptionOption = 1, End = 0xFF;
    private const int HeaderLength = 8;
    private static readonly byte[] Request = new ByteWriter()
        .Byte(0x12).Byte(1).UInt16(HeaderLength + 11 + 7).UInt16(0).Byte(0).Byte(0)
        .Byte(VersionOption).UInt16(11).UInt16(6)
        .Byte(EncryptionOption).UInt16(17).UInt16(1)
        .Byte(End)
        .Bytes([9, 0, 0, 0, 0, 0]).Byte(0)
        .ToArray();

    public ProbeInfo Info { get; } = new("mssql", Transport.Tcp, Ports: [1433, 1434], MaxRequests: 1) { AnyPort = 80 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= 4 && bytes.Length >= ((bytes[2] << 8) | bytes[3]), TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var header = new ByteReader(answer.Span);
        if (header.Byte() != Response || header.Byte() != 1 || header.UInt16() != answer.Length || answer.Length < HeaderLength + 6) return null;
        var body = answer.Span[HeaderLength..];
        if (OptionOf(body, VersionOption) is not [var major, var minor, var buildHigh, var buildLow, ..] || major is < 7 or > 30) return null;
        var version = $"{major}.{minor}.{(buildHigh << 8) | buildLow}";
        var encryption = OptionOf(body, EncryptionOption) is [var mode, ..] ? mode switch { 0 => FactNames.Yes, 1 => FactNames.Yes, 3 => FactNames.Yes, _ => FactNames.No } : null;
        var found = new Identification
        {
            Service = "ms-sql-s",
            Product = "Microsoft SQL Server",
            Version = version,
            Cpe = [$"cpe:2.3:a:microsoft:sql_server:{version}:*:*:*:*:*:*:*"],
            Confidence = 98,
        };
        return encryption is null ? found : found.WithFact(FactNames.StartTls, encryption);
    }

    private static ReadOnlySpan<byte> OptionOf(ReadOnlySpan<byte> body, byte wanted)
    {
        var reader = new ByteReader(body);
        while (!reader.Short)
        {
            var option = reader.Byte();
            if (option == End) break;
            var (offset, length) = (reader.UInt16(), reader.UInt16());
            if (!reader.Short && option == wanted && offset + length <= body.Length) return body.Slice(offset, length);
        }

        return [];
    }
}
