using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Opens the AMQP protocol and reads what the broker says of itself. Does not log in.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: AMQP 0-9-1, sections 4.2.2 (protocol header) and 1.4.2.1 (connection.start).</remarks>
internal sealed partial class AmqpProbe : IServiceProbe
{
    private const byte FrameEnd = 0xCE;
    private static readonly byte[] Request = [.. "AMQP"u8, 0, 0, 9, 1];

    public ProbeInfo Info { get; } = new("amqp", Transport.Tcp, Ports: [5672, 5671], MaxRequests: 1) { AnyPort = 120 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("AMQP"u8);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes is [.., FrameEnd] || (bytes.Length >= 8 && bytes.StartsWith("AMQP"u8)), TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var bytes = answer.Span;
        // A broker of another version answers with the header that it speaks.
        if (bytes.Length == 8 && bytes.StartsWith("AMQP"u8)) return new Identification { Service = "amqp", Info = $"protocol {bytes[5]}.{bytes[6]}.{bytes[7]}" };
        var reader = new ByteReader(bytes);
        if (reader.Byte() != 1 || reader.UInt16() != 0) return null;
        reader.Skip(4);
        if (reader.UInt16() != 10 || reader.UInt16() != 10 || reader.Short) return null;
        var text = Encoding.Latin1.GetString(reader.Rest);
        var product = Product().Match(text) is { Success: true } name ? name.Groups[1].Value : null;
        var version = Version().Match(text) is { Success: true } number ? number.Groups[1].Value : null;
        var rabbit = product == "RabbitMQ";
        return new Identification
        {
            Service = "amqp",
            Product = product,
            Version = product is null ? null : version,
            Cpe = rabbit ? [$"cpe:2.3:a:vmware:rabbitmq:{version ?? "*"}:*:*:*:*:*:*:*"] : [],
            Confidence = 95,
        };
    }

    // Long strings of the table of server properties: name, S, four bytes of length, text.
    [GeneratedRegex(@"\x07productS\x00\x00\x00.([A-Za-z][A-Za-z .-]{1,40})", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Product();

    [GeneratedRegex(@"\x07versionS\x00\x00\x00.(\d+(?:\.\d+){1,3})", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Version();
}
