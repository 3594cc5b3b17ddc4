using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.SilenceRequest;

/// <summary>Asks a vendor to keep its monitoring quiet during the windows; an invitation goes with it.</summary>
internal sealed class SilenceRequestMail : IMailMessage
{
    public MailKind Kind => MailKind.SilenceRequest;

    public MailView View(MailScene scene) => new SourcesView(scene) { TellsHowToStop = true };
}
