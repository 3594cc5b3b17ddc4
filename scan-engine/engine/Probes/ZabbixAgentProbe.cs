using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a Zabbix agent for its version, which it tells to whom its settings allow.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Zabbix documentation, "Header" and "Passive and active agent checks".</remarks>
internal sealed partial class ZabbixAgentProbe : IServiceProbe
{
    private const int HeaderLength = 13;
    private static readonly byte[] Request = [.. "ZBXD"u8, 1, 13, 0, 0, 0, 0, 0, 0, 0, .. "agent.version"u8];

    public ProbeInfo Info { get; } = new("zabbix-agent", Transport.Tcp, Ports: [10050], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= HeaderLength && bytes.Length >= HeaderLength + bytes[5], TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        if (!answer.Span.StartsWith("ZBXD\u0001"u8) || answer.Length < HeaderLength) return null;
        var found = new Identification { Service = "zabbix-agent", Product = "Zabbix agent", Cpe = ["cpe:2.3:a:zabbix:zabbix:*:*:*:*:*:*:*:*"], Confidence = 95 };
        if (Version().Match(Encoding.Latin1.GetString(answer.Span[HeaderLength..])) is not { Success: true } match) return found;
        return found with { Version = match.Value, Cpe = [$"cpe:2.3:a:zabbix:zabbix:{match.Value}:*:*:*:*:*:*:*"] };
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
