using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An rsync server lists its folders to whoever asks.</summary>
internal sealed class RsyncOpenCheck : ICheck
{
    public string Id => "rsync-open";

    public bool AppliesTo(PortResult port) => port.Service == "rsync";

    public CheckOutcome Judge(CheckFacts facts) => facts.Fact("modules") switch
    {
        FactNames.Yes => CheckOutcome.Positive(facts.Seen, qod: 90),
        FactNames.No => CheckOutcome.Negative(),
        _ => CheckOutcome.CannotTell("The list of modules was not answered."),
    };
}
