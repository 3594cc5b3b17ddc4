using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.SilenceWithdrawn;

/// <summary>Tells a vendor that silence is not needed in these windows after all, and takes the events out of its calendar.</summary>
internal sealed class SilenceWithdrawnMail : IMailMessage
{
    public MailKind Kind => MailKind.SilenceWithdrawn;

    public MailView View(MailScene scene) => new(scene);
}
