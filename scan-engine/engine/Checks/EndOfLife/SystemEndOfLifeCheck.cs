using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.EndOfLife;

/// <summary>The distribution that a service was packaged for gets no more security updates (end-of-life.json), as the package's revision tells.</summary>
/// <remarks>Source: Debian Policy section 5.6.12 and the release team's custom of "+deb12u1" for updates of a stable release.</remarks>
internal sealed partial class SystemEndOfLifeCheck : ICheck
{
    private const string Debian = "Debian GNU/Linux";

    public string Id => "end-of-life-system";

    public bool AppliesTo(PortResult port) => ReleaseOf(port) is not null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        var release = ReleaseOf(facts.Port)!;
        if (EndOfLifeTable.Shipped.Find(Debian, release) is not { } cycle) return CheckOutcome.CannotTell($"No date is known for {Debian} {release}.");
        return cycle.End is { } end && end <= DateOnly.FromDateTime(facts.Now.Date)
            ? CheckOutcome.Positive(Evidence.Of($"{Debian} {release} ({facts.Port.Info}): no updates since {end:yyyy-MM-dd}"), qod: 80)
            : CheckOutcome.Negative();
    }

    private static string? ReleaseOf(PortResult port) => Release().Match(port.Info ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:[+~]deb|Debian GNU/Linux )(\d{1,2})(?:u\d+|\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}
