using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Connects to an MQTT broker without a name, and asks for its version where it lets us in.</summary>
/// <remarks>Worst case: 1 connection, 3 messages. Source: MQTT 3.1.1 (OASIS), sections 3.1, 3.2, 3.8 and 3.14; the topic is Mosquitto's (mosquitto(8), $SYS).</remarks>
internal sealed partial class MqttProbe : IServiceProbe
{
    private const string VersionTopic = "$SYS/broker/version";
    private static readonly byte[] Connect = new ByteWriter().Byte(0x10).Byte(20).UInt16(4).Text("MQTT").Byte(4).Byte(2).UInt16(60).UInt16(8).Text("vulndiag").ToArray();
    private static readonly byte[] Subscribe = new ByteWriter().Byte(0x82).Byte(5 + VersionTopic.Length).UInt16(1).UInt16(VersionTopic.Length).Text(VersionTopic).Byte(0).ToArray();
    private static readonly byte[] Disconnect = [0xE0, 0];

    public ProbeInfo Info { get; } = new("mqtt", Transport.Tcp, Ports: [1883, 8883], MaxRequests: 3) { AnyPort = 110, Order = 60 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        await link.SendAsync(Connect, cancellationToken);
        var answer = await link.ReadExactlyAsync(4, cancellationToken);
        if (answer.IsEmpty) return ProbeOutcome.Silent();
        if (answer.Span is not [0x20, 2, <= 1, <= 5 and var code]) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        var found = new Identification { Service = "mqtt" };
        if (code != 0) return ProbeOutcome.Identified(code is 4 or 5 ? found.WithFact(FactNames.AuthRequired, FactNames.Yes) : found, Evidence.Of(answer));
        await link.SendAsync(Subscribe, cancellationToken);
        var told = Encoding.Latin1.GetString((await link.ReadAsync(cancellationToken)).Span);
        if (!link.Closed) await link.SendAsync(Disconnect, cancellationToken);
        found = found.WithFact(FactNames.AuthRequired, FactNames.No);
        if (Version().Match(told) is not { Success: true } match) return ProbeOutcome.Identified(found, Evidence.Of(answer));
        return ProbeOutcome.Identified(
            found with
            {
                Product = "Eclipse Mosquitto",
                Version = match.Groups[1].Value,
                Cpe = [$"cpe:2.3:a:eclipse:mosquitto:{match.Groups[1].Value}:*:*:*:*:*:*:*"],
                Confidence = 98,
            },
            Evidence.Of(match.Value));
    }

    [GeneratedRegex(@"mosquitto version (\d+(?:\.\d+){1,3})", RegexOptions.CultureInvariant)]
    private static partial Regex Version();
}
