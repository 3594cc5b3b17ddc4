using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises telnet by its option negotiation, declines every option, and reads the log-in prompt. Types nothing.</summary>
/// <remarks>Worst case: 1 connection, 3 messages that decline options. Source: RFC 854, RFC 855.</remarks>
internal sealed partial class TelnetProbe : IServiceProbe
{
    private const int Rounds = 3;
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251, SubBegin = 250, SubEnd = 240;

    public ProbeInfo Info { get; } = new("telnet", Transport.Tcp, Ports: [23, 992, 2323], MaxRequests: Rounds) { Order = 30 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => Negotiates(greeting) || LoginPrompt().IsMatch(Encoding.Latin1.GetString(greeting));

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var first = await link.ReadAsync(cancellationToken);
        if (first.IsEmpty) return ProbeOutcome.Silent();
        var text = new StringBuilder();
        var raw = new List<byte>(first.ToArray());
        var part = first;
        for (var round = 0; ; round++)
        {
            var (words, refusals) = Split(part.Span);
            text.Append(words);
            if (refusals.Length == 0 || round == Rounds || link.Closed) break;
            await link.SendAsync(refusals, cancellationToken);
            part = await link.ReadAsync(cancellationToken);
            raw.AddRange(part.Span);
        }

        var banner = text.ToString().Trim();
        var negotiates = Negotiates(first.Span);
        if (!negotiates && !LoginPrompt().IsMatch(banner)) return ProbeOutcome.NoMatch(Evidence.Of(first));
        var read = (banner.Length == 0 ? null : FingerprintCatalogue.Shipped.Match("telnet.banner", banner))
            ?? FingerprintCatalogue.Shipped.Match("telnet.options", Convert.ToHexStringLower(first.Span))
            ?? new Identification { Service = "telnet", Confidence = negotiates ? 95 : 70 };
        return ProbeOutcome.Identified(read, banner.Length > 0 ? Evidence.Of(banner) : Evidence.Of(raw.ToArray()));
    }

    private static bool Negotiates(ReadOnlySpan<byte> bytes) => bytes is [Iac, >= SubBegin and <= Dont, _, ..];

    /// <summary>The words between the options, and an answer that declines each option.</summary>
    private static (string Words, byte[] Refusals) Split(ReadOnlySpan<byte> bytes)
    {
        var words = new StringBuilder();
        var refusals = new List<byte>();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != Iac)
            {
                words.Append((char)bytes[i]);
                continue;
            }

            if (i + 2 >= bytes.Length) break;
            var command = bytes[i + 1];
            if (command is Do) refusals.AddRange([Iac, Wont, bytes[i + 2]]);
            if (command is Will) refusals.AddRange([Iac, Dont, bytes[i + 2]]);
            i += command == SubBegin ? SubLength(bytes[i..]) : command is >= Will and <= Dont ? 2 : 1;
        }

        return (words.ToString(), [.. refusals]);
    }

    private static int SubLength(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf([Iac, SubEnd]);
        return end < 0 ? bytes.Length : end + 1;
    }

    [GeneratedRegex(@"(?:login|username|user name|password)\s?:\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LoginPrompt();
}
