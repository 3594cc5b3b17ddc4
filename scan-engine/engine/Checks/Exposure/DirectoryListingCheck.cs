using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A web server lists the files of its first folder.</summary>
internal sealed class DirectoryListingCheck : ICheck
{
    public string Id => "directory-listing";

    public bool AppliesTo(PortResult port) => port.Service is "http" or "https";

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Fact(FactNames.DirectoryListing) == FactNames.Yes) return CheckOutcome.Positive(Evidence.Of(facts.Fact(FactNames.Title) ?? facts.Port.Evidence), qod: 90);
        return facts.Fact(FactNames.Status) is null ? CheckOutcome.CannotTell("The first page was not answered.") : CheckOutcome.Negative();
    }
}
