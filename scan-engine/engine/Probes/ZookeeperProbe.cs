using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks ZooKeeper for its state by the one command of four letters that is on by default.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: ZooKeeper Administrator's Guide, "The Four Letter Words" (srvr).</remarks>
internal sealed partial class ZookeeperProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("zookeeper", Transport.Tcp, Ports: [2181, 2182], MaxRequests: 1) { AnyPort = 210 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, "srvr"u8.ToArray(), isWhole: null, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var text = Encoding.Latin1.GetString(answer.Span);
        var found = new Identification { Service = "zookeeper", Product = "Apache ZooKeeper", Cpe = ["cpe:2.3:a:apache:zookeeper:*:*:*:*:*:*:*:*"], Confidence = 95 };
        if (text.StartsWith("srvr is not executed because it is not in the whitelist.", StringComparison.Ordinal)) return found;
        if (Version().Match(text) is not { Success: true } match) return null;
        var version = match.Groups[1].Value;
        return (found with { Version = version, Cpe = [$"cpe:2.3:a:apache:zookeeper:{version}:*:*:*:*:*:*:*"] }).WithFact(FactNames.AuthRequired, FactNames.No);
    }

    [GeneratedRegex(@"^Zookeeper version: (\d+\.\d+\.\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
