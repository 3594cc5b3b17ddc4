using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.HearingReceived;

/// <summary>Tells the hospital that its hearing arrived; asks nothing.</summary>
internal sealed class HearingReceivedMail : IMailMessage
{
    public MailKind Kind => MailKind.HearingReceived;

    public MailView View(MailScene scene) => new(scene);
}
