using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A web page asks for a password without TLS.</summary>
internal sealed class HttpClearTextLoginCheck : ICheck
{
    public string Id => "http-clear-text-login";

    public bool AppliesTo(PortResult port) => port.Service == "http" && port.Tls is null;

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Fact(FactNames.PlainLogin) == FactNames.Yes) return CheckOutcome.Positive(facts.Seen, qod: 95);
        if (facts.Fact(FactNames.PasswordField) == FactNames.Yes) return CheckOutcome.Positive(facts.Seen, qod: 85);
        return facts.Fact(FactNames.Status) is null ? CheckOutcome.CannotTell("The first page was not answered.") : CheckOutcome.Negative();
    }
}
