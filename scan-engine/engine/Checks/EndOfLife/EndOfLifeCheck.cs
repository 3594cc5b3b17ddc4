using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.EndOfLife;

/// <summary>The product gets no more security updates from its maker (end-of-life.json).</summary>
/// <remarks>A distribution that keeps the version alive itself is no finding: what it still mends cannot be read from outside.</remarks>
internal sealed partial class EndOfLifeCheck : ICheck
{
    public string Id => "end-of-life";

    public bool AppliesTo(PortResult port) => port.Product is { } product && EndOfLifeTable.Shipped.Knows(product);

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Version is not { } version) return CheckOutcome.CannotTell("The product's version was not read.");
        if (EndOfLifeTable.Shipped.Find(facts.Port.Product!, version) is not { } cycle) return CheckOutcome.CannotTell($"No date is known for version {version}.");
        if (cycle.End is not { } end || end > DateOnly.FromDateTime(facts.Now.Date)) return CheckOutcome.Negative();
        return Distribution().IsMatch(facts.Port.Info ?? "")
            ? CheckOutcome.CannotTell("A distribution may still mend this version by itself.")
            : CheckOutcome.Positive(Evidence.Of($"{facts.Port.Product} {version}: no updates since {end:yyyy-MM-dd}"), qod: 80);
    }

    [GeneratedRegex(@"(?i)debian|ubuntu|red ?hat|centos|\bdeb\d|\+deb|\.el\d|suse|alma|rocky", RegexOptions.CultureInvariant)]
    private static partial Regex Distribution();
}
