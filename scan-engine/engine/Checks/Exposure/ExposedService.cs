using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A check that is positive wherever one of its services answers: such a service has no business on the internet.</summary>
internal abstract class ExposedService(string id, int qod, params string[] services) : ICheck
{
    public string Id => id;

    public bool AppliesTo(PortResult port) => port.Service is { } service && services.Contains(service, StringComparer.Ordinal);

    public CheckOutcome Judge(CheckFacts facts) => CheckOutcome.Positive(facts.Seen, qod);
}
