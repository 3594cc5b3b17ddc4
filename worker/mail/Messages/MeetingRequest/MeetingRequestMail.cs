using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.MeetingRequest;

/// <summary>Asks the hospital for dates to talk about lines that need a meeting.</summary>
internal sealed class MeetingRequestMail : IMailMessage
{
    public MailKind Kind => MailKind.MeetingRequest;

    public MailView View(MailScene scene) => new(scene);
}
