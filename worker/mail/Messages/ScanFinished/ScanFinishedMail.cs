using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ScanFinished;

/// <summary>Tells the hospital and its vendors that the scan is over.</summary>
internal sealed class ScanFinishedMail : IMailMessage
{
    public MailKind Kind => MailKind.ScanFinished;

    public MailView View(MailScene scene) => new(scene);
}
