using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.Cancelled;

/// <summary>Tells the hospital and its vendors that the engagement is cancelled.</summary>
internal sealed class CancelledMail : IMailMessage
{
    public MailKind Kind => MailKind.Cancelled;

    public MailView View(MailScene scene) => new(scene);
}
