using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.DatesFixed;

/// <summary>Tells the hospital when, and what to keep still that day.</summary>
internal sealed class DatesFixedMail : IMailMessage
{
    public MailKind Kind => MailKind.DatesFixed;

    public MailView View(MailScene scene) => new(scene) { TellsHowToStop = true };
}
