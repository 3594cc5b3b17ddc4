using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A database or store serves whoever asks, without a password.</summary>
internal sealed class DatabaseWithoutPasswordCheck : ICheck
{
    public string Id => "database-without-password";

    public bool AppliesTo(PortResult port) => port.Service is "redis" or "postgresql" or "mongodb" or "elasticsearch" or "memcached" or "zookeeper";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact(FactNames.AuthRequired) switch
    {
        FactNames.No => CheckOutcome.Positive(facts.Seen, qod: 95),
        FactNames.Yes or "protected-mode" => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("Whether the database wants a password did not show."),
    };
}
