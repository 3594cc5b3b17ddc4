using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ReportPosted;

/// <summary>Tells the hospital where the report is. Carries neither the report nor any finding.</summary>
internal sealed class ReportPostedMail : IMailMessage
{
    public MailKind Kind => MailKind.ReportPosted;

    public MailView View(MailScene scene) => new(scene);
}
