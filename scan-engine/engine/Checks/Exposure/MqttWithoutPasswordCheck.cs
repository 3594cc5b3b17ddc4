using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An MQTT broker serves whoever asks, without a password.</summary>
internal sealed class MqttWithoutPasswordCheck : ICheck
{
    public string Id => "mqtt-without-password";

    public bool AppliesTo(PortResult port) => port.Service == "mqtt";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.Yes => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Whether the broker wants a password did not show."),
    };
}
