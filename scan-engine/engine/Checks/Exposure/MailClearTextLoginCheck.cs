using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A mail server takes passwords outside TLS.</summary>
internal sealed class MailClearTextLoginCheck : ICheck
{
    public string Id => "mail-clear-text-login";

    public bool AppliesTo(PortResult port) => port.Service is "imap" or "pop3" or "smtp" && port.Tls is null or { StartTls: true };

    public CheckOutcome Judge(CheckFacts facts)
    {
        var plain = facts.Fact(FactNames.PlainLogin);
        if (plain == FactNames.Yes) return CheckOutcome.Positive(facts.Seen, qod: 90);
        // A mail server that offers no log-in at all before TLS says so by leaving AUTH out of its extensions.
        var answered = plain == FactNames.No || facts.Fact(FactNames.StartTls) is not null;
        return answered ? CheckOutcome.Negative() : CheckOutcome.CannotTell("The server's capabilities did not show.");
    }
}
