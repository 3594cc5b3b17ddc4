using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a time server for the time and for its own variables, among them its version.</summary>
/// <remarks>Worst case: 2 datagrams. Source: RFC 5905 section 7.3 (client mode), RFC 9327 (control messages, read variables).</remarks>
internal sealed partial class NtpProbe : IServiceProbe
{
    // Leap unknown, version 4, mode 3 (client).
    private static readonly byte[] Client = [0xE3, .. new byte[47]];
    // Version 2, mode 6 (control), operation 2 (read variables), sequence 1, association 0 (the server itself).
    private static readonly byte[] ReadVariables = [0x16, 0x02, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0];

    public ProbeInfo Info { get; } = new("ntp", Transport.Udp, Ports: [123], MaxRequests: 2) { AnyPort = 30, Order = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var time = await context.ExchangeAsync(Client, cancellationToken);
        var serves = time is { Length: >= 48 } && (time.Value.Span[0] & 7) == 4;
        var variables = await context.ExchangeAsync(ReadVariables, cancellationToken);
        var text = variables is { } answer ? VariablesOf(answer.Span) : null;
        if (!serves && text is null) return (time ?? variables) is { } other ? ProbeOutcome.NoMatch(Evidence.Of(other)) : ProbeOutcome.Silent();
        var read = (text is null ? new Identification { Service = "ntp" } : WithVersion(text)).WithFact("readVariables", text is null ? FactNames.No : FactNames.Yes);
        if (serves) read = read.WithFact("stratum", $"{time!.Value.Span[1]}");
        return ProbeOutcome.Identified(read, text is null ? Evidence.Of(time!.Value) : Evidence.Of(text));
    }

    private static string? VariablesOf(ReadOnlySpan<byte> answer)
    {
        var reader = new ByteReader(answer);
        var mode = reader.Byte() & 7;
        var operation = reader.Byte();
        reader.Skip(8);
        var count = reader.UInt16();
        // Response bit set, operation 2; with the error bit there is no data, yet it is ntpd that answers.
        return !reader.Short && mode == 6 && (operation & 0x9F) == 0x82 ? reader.Text(Math.Min(count, reader.Rest.Length)) : null;
    }

    private static Identification WithVersion(string variables)
    {
        var read = new Identification { Service = "ntp", Product = "ntpd", Confidence = 85, Cpe = [] };
        if (Version().Match(variables) is not { Success: true } match) return read with { Product = null };
        var (number, patch) = (match.Groups["number"].Value, match.Groups["patch"].Value);
        var sec = variables.Contains("ntpsec", StringComparison.OrdinalIgnoreCase) || !match.Groups["four"].Success;
        return sec
            ? read with { Product = "NTPsec", Version = number, Info = OsOf(variables), Cpe = [$"cpe:2.3:a:ntpsec:ntpsec:{number}:*:*:*:*:*:*:*"], Confidence = 95 }
            : read with { Product = "ntpd", Version = number + patch, Info = OsOf(variables), Cpe = [$"cpe:2.3:a:ntp:ntp:{number}:{(patch.Length > 0 ? patch : "*")}:*:*:*:*:*:*"], Confidence = 95 };
    }

    private static string? OsOf(string variables) => System().Match(variables) is { Success: true } match ? match.Groups[1].Value : null;

    // ntpd 4.2.8p15@1.3728-o …; NTPsec counts from 0.9 and 1.0.
    [GeneratedRegex("version=\"ntpd (?:ntpsec-)?(?<number>(?<four>4\\.)?\\d+(?:\\.\\d+)+)(?<patch>p\\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("system=\"([^\"]{1,60})\"", RegexOptions.CultureInvariant)]
    private static partial Regex System();
}
