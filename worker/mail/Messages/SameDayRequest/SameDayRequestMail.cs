using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.SameDayRequest;

/// <summary>Asks the hospital, and its vendor to help, for the address of dynamic lines on the day.</summary>
internal sealed class SameDayRequestMail : IMailMessage
{
    public MailKind Kind => MailKind.SameDayRequest;

    public MailView View(MailScene scene) => new(scene) { TellsHowToStop = true };
}
