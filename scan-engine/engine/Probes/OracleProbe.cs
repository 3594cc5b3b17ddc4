using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks an Oracle listener for its version.</summary>
/// <remarks>
/// Worst case: 1 connection, 1 request. Source: the form of a TNS packet as go-ora and Wireshark (packet-tns.c) describe it; Oracle Net
/// Services Reference (COMMAND=version, VSNNUM).
/// </remarks>
internal sealed partial class OracleProbe : IServiceProbe
{
    private const byte Connect = 1, Accept = 2, Refuse = 4, Redirect = 5, Data = 6, Resend = 11;
    private const int ConnectHeader = 58;
    private static readonly byte[] Question = "(CONNECT_DATA=(COMMAND=version))"u8.ToArray();
    private static readonly byte[] Request = new ByteWriter()
        .UInt16(ConnectHeader + Question.Length).UInt16(0).Byte(Connect).Byte(0).UInt16(0)
        .UInt16(312).UInt16(300).UInt16(0).UInt16(2048).UInt16(32767).UInt16(0x7F08).UInt16(0).UInt16(0x0100)
        .UInt16(Question.Length).UInt16(ConnectHeader).UInt32(0).Byte(0x41).Byte(0x41).Zeros(24)
        .Bytes(Question).ToArray();

    public ProbeInfo Info { get; } = new("oracle", Transport.Tcp, Ports: [1521, 1522, 1526], MaxRequests: 1) { AnyPort = 140 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, isWhole: null, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var length = reader.UInt16();
        var checksum = reader.UInt16();
        var type = reader.Byte();
        reader.Skip(3);
        if (reader.Short || checksum != 0 || length < 8 || length > answer.Length || type is not (Accept or Refuse or Redirect or Data or Resend)) return null;
        var text = Encoding.Latin1.GetString(answer.Span);
        var version = Worded().Match(text) is { Success: true } worded ? worded.Groups[1].Value : Numbered(text);
        // A packet of the right shape alone is not enough: other protocols begin with two bytes of length as well.
        if (version is null && type is not (Accept or Resend) && !text.Contains("(ERR=", StringComparison.Ordinal) && !text.Contains("(DESCRIPTION", StringComparison.Ordinal)) return null;
        if (version is null && type is Accept or Resend && length is not (8 or 24 or 32 or 41)) return null;
        return new Identification
        {
            Service = "oracle-tns",
            Product = "Oracle TNS listener",
            Version = version,
            Cpe = [$"cpe:2.3:a:oracle:database_server:{version ?? "*"}:*:*:*:*:*:*:*"],
            Confidence = version is null ? 75 : 95,
        };
    }

    private static string? Numbered(string text)
    {
        if (Number().Match(text) is not { Success: true } match || !uint.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        return $"{number >> 24}.{(number >> 20) & 0xF}.{(number >> 12) & 0xFF}.{(number >> 8) & 0xF}.{number & 0xFF}";
    }

    [GeneratedRegex(@"TNSLSNR for [^:]{1,60}: Version (\d+(?:\.\d+){2,4})", RegexOptions.CultureInvariant)]
    private static partial Regex Worded();

    [GeneratedRegex(@"\(VSNNUM=(\d{5,10})\)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
