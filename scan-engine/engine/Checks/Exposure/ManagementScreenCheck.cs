using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The screen from which a device is managed can be reached from the internet.</summary>
internal sealed partial class ManagementScreenCheck : ICheck
{
    public string Id => "management-screen";

    public bool AppliesTo(PortResult port) => port.Facts.ContainsKey(FactNames.Status) || port.Facts.ContainsKey(FactNames.ManagementScreen);

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Fact(FactNames.ManagementScreen) is { } name) return CheckOutcome.Positive(Evidence.Of($"{name}: {facts.Fact(FactNames.Title) ?? facts.Fact(FactNames.Realm) ?? facts.Port.Evidence}"), qod: 90);
        // A log-in whose own words say what it is for, of a device that no fingerprint knows.
        if (facts.Fact(FactNames.Realm) is { } realm && Words().IsMatch(realm)) return CheckOutcome.Positive(Evidence.Of(realm), qod: 75);
        return facts.Fact(FactNames.Title) is { } title && facts.Fact(FactNames.PasswordField) == FactNames.Yes && Words().IsMatch(title)
            ? CheckOutcome.Positive(Evidence.Of(title), qod: 75)
            : CheckOutcome.Negative();
    }

    [GeneratedRegex(@"(?i)\b(?:router|firewall|gateway|management|manager|admin(?:istrator|istration)?|console|configuration|setup|settings|web ?ui|nas|camera|recorder|dvr|nvr|vpn|switch|access point|printer)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
