using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads a VNC server's protocol version and the kinds of authentication it offers. Does not join the session.</summary>
/// <remarks>Worst case: 2 connections, 2 messages. Source: RFC 6143 section 7.1; the list of security types is IANA's.</remarks>
internal sealed partial class VncProbe : IServiceProbe
{
    private const byte NoAuthentication = 1;
    private static readonly byte[] Version38 = "RFB 003.008\n"u8.ToArray();
    private static readonly byte[] Version33 = "RFB 003.003\n"u8.ToArray();
    private static readonly byte[] VersionUnknown = "RFB 002.000\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("vnc", Transport.Tcp, Ports: [5900, 5901, 5902, 5903], MaxRequests: 2);

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("RFB 00"u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var greeting = await link.ReadExactlyAsync(Version38.Length, cancellationToken);
        if (greeting.IsEmpty) return ProbeOutcome.Silent();
        if (Greeting().Match(Encoding.Latin1.GetString(greeting.Span)) is not { Success: true } match) return ProbeOutcome.NoMatch(Evidence.Of(greeting));
        var old = match.Groups[2].Value is "003" or "005";
        await link.SendAsync(old ? Version33 : Version38, cancellationToken);
        var types = old ? await OldTypeAsync(link, cancellationToken) : await TypesAsync(link, cancellationToken);
        var found = ByVersion(match.Groups[1].Value, match.Groups[2].Value) ?? await ByRefusalAsync(context, cancellationToken) ?? new Identification { Service = "vnc" };
        found = found with { Info = $"protocol {match.Groups[1].Value.TrimStart('0')}.{match.Groups[2].Value.TrimStart('0')}" };
        if (types.Length == 0) return ProbeOutcome.Identified(found, Evidence.Of(greeting));
        return ProbeOutcome.Identified(
            found.WithFact(FactNames.AuthRequired, types.Contains(NoAuthentication) ? FactNames.No : FactNames.Yes).WithFact(FactNames.AuthMethods, string.Join(',', types)),
            Evidence.Of(greeting));
    }

    private static Identification? ByVersion(string major, string minor) => (major, minor) switch
    {
        ("003", "889") => new Identification { Service = "vnc", Product = "Apple Remote Desktop", Cpe = ["cpe:2.3:a:apple:remote_desktop:*:*:*:*:*:*:*:*"], Confidence = 85 },
        ("004" or "005", _) => new Identification { Service = "vnc", Product = "RealVNC", Cpe = ["cpe:2.3:a:realvnc:vnc:*:*:*:*:*:*:*:*"], Confidence = 80 },
        _ => null,
    };

    /// <summary>Servers of version 3.8 tell each other apart by the words in which they refuse a version that never was.</summary>
    private static async ValueTask<Identification?> ByRefusalAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var link = await context.ConnectAsync(cancellationToken);
            if ((await link.ReadExactlyAsync(Version38.Length, cancellationToken)).Length < Version38.Length) return null;
            await link.SendAsync(VersionUnknown, cancellationToken);
            var words = Encoding.Latin1.GetString((await link.ReadAsync(cancellationToken)).Span);
            return FingerprintCatalogue.Shipped.Match("vnc.refusal", words);
        }
        catch (LinkException)
        {
            return null;
        }
    }

    private static async ValueTask<byte[]> TypesAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var count = await link.ReadExactlyAsync(1, cancellationToken);
        return count.Length == 1 && count.Span[0] > 0 ? (await link.ReadExactlyAsync(count.Span[0], cancellationToken)).ToArray() : [];
    }

    private static async ValueTask<byte[]> OldTypeAsync(ProbeLink link, CancellationToken cancellationToken) =>
        (await link.ReadExactlyAsync(4, cancellationToken)).Span is [0, 0, 0, > 0 and var type] ? [type] : [];

    [GeneratedRegex(@"^RFB (\d{3})\.(\d{3})\n$", RegexOptions.CultureInvariant)]
    private static partial Regex Greeting();
}
