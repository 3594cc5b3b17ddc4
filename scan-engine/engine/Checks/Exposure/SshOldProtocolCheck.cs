using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An SSH server still speaks protocol version 1, which was broken in 1998.</summary>
/// <remarks>Source: RFC 4253 section 5.1: a server that also speaks the old version announces 1.99.</remarks>
internal sealed class SshOldProtocolCheck : ICheck
{
    public string Id => "ssh-old-protocol";

    public bool AppliesTo(PortResult port) => port.Service == "ssh";

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (!facts.Port.Evidence.StartsWith("SSH-", StringComparison.Ordinal)) return CheckOutcome.CannotTell("The server's identification was not read.");
        return facts.Port.Evidence.StartsWith("SSH-1.", StringComparison.Ordinal) ? CheckOutcome.Positive(facts.Seen, qod: 95) : CheckOutcome.Negative();
    }
}
