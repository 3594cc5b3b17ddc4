using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.HearingIncomplete;

/// <summary>Asks the hospital to mend its answers: one sentence per fault.</summary>
internal sealed class HearingIncompleteMail : IMailMessage
{
    public MailKind Kind => MailKind.HearingIncomplete;

    public MailView View(MailScene scene) => new(scene);
}
