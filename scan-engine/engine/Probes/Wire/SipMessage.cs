using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Fingerprints;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>The question for a telephone system's abilities, and its answer. Source: RFC 3261 sections 7, 8.1.1 and 11.</summary>
internal static partial class SipMessage
{
    /// <summary>OPTIONS from an address that can never exist (RFC 6761).</summary>
    public static byte[] Options(string transport, string host) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:{host} SIP/2.0\r\nVia: SIP/2.0/{transport} scanner.invalid:5060;branch=z9hG4bKvulndiag;rport\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:scanner@scanner.invalid>;tag=vulndiag\r\nTo: <sip:{host}>\r\nCall-ID: vulndiag@scanner.invalid\r\nCSeq: 1 OPTIONS\r\n"
        + "Contact: <sip:scanner@scanner.invalid>\r\nAccept: application/sdp\r\nContent-Length: 0\r\n\r\n");

    /// <returns>Null when it is no SIP answer.</returns>
    public static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var text = Encoding.Latin1.GetString(answer.Span);
        // A web server that repeats the protocol of the request says "SIP/2.0 501"; only SIP copies the request's CSeq (RFC 3261 section 8.2.6.2).
        if (!text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) || !Sequence().IsMatch(text)) return null;
        var software = Software().Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : null;
        return (software is null ? null : FingerprintCatalogue.Shipped.Match("sip.server", software)) ?? new Identification { Service = "sip", Info = software };
    }

    [GeneratedRegex(@"\r\nCSeq\s*:\s*1 OPTIONS", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\r\n(?:Server|User-Agent): ([^\r\n]{1,120})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Software();
}
