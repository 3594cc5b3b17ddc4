using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ScanStarted;

/// <summary>Tells the hospital and its vendors that the scan has begun.</summary>
internal sealed class ScanStartedMail : IMailMessage
{
    public MailKind Kind => MailKind.ScanStarted;

    public MailView View(MailScene scene) => new SourcesView(scene) { TellsHowToStop = true };
}
