using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.OutOfScope;

/// <summary>Tells the hospital that nothing is left to diagnose, why, and that this does not mean safe.</summary>
internal sealed class OutOfScopeMail : IMailMessage
{
    public MailKind Kind => MailKind.OutOfScope;

    public MailView View(MailScene scene) => new(scene);
}
