using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Greets an rsync server and asks for the list of its folders. Opens none.</summary>
/// <remarks>Worst case: 1 connection, 2 messages. Source: rsync, clientserver.c and rsyncd.conf(5) (list); the version is the protocol's.</remarks>
internal sealed partial class RsyncProbe : IServiceProbe
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();
    private static readonly byte[] Greeting = "@RSYNCD: 31.0\n"u8.ToArray();
    private static readonly byte[] List = "#list\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("rsync", Transport.Tcp, Ports: [873], MaxRequests: 2);

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("@RSYNCD: "u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var greeting = await link.ReadUntilAsync(LineEnd, cancellationToken);
        if (greeting.IsEmpty) return ProbeOutcome.Silent();
        if (Protocol().Match(Encoding.Latin1.GetString(greeting.Span)) is not { Success: true } match) return ProbeOutcome.NoMatch(Evidence.Of(greeting));
        await link.SendAsync(Greeting, cancellationToken);
        await link.SendAsync(List, cancellationToken);
        var list = Encoding.Latin1.GetString((await link.ReadUntilAsync(static bytes => bytes.IndexOf("@RSYNCD: EXIT"u8) >= 0 || bytes.IndexOf("@ERROR"u8) >= 0, cancellationToken)).Span);
        var found = new Identification { Service = "rsync", Product = "rsync", Info = $"protocol {match.Groups[1].Value}", Cpe = ["cpe:2.3:a:samba:rsync:*:*:*:*:*:*:*:*"], Confidence = 90 };
        var ended = list.Contains("@RSYNCD: EXIT", StringComparison.Ordinal) || list.Contains("@ERROR", StringComparison.Ordinal);
        if (ended) found = found.WithFact("modules", list.Split('\n').Any(static line => line.Contains('\t') && !line.StartsWith('@')) ? FactNames.Yes : FactNames.No);
        return ProbeOutcome.Identified(found, Evidence.Of(greeting));
    }

    [GeneratedRegex(@"^@RSYNCD: (\d+(?:\.\d+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Protocol();
}
