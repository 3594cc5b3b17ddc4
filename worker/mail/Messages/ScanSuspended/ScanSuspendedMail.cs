using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ScanSuspended;

/// <summary>Tells the hospital and its vendors that the scan stands still, and why.</summary>
internal sealed class ScanSuspendedMail : IMailMessage
{
    public MailKind Kind => MailKind.ScanSuspended;

    public MailView View(MailScene scene) => new(scene);
}
