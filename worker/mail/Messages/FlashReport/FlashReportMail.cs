using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.FlashReport;

/// <summary>Tells the hospital to look at the portal soon. Carries no detail of any finding.</summary>
internal sealed class FlashReportMail : IMailMessage
{
    public MailKind Kind => MailKind.FlashReport;

    public MailView View(MailScene scene) => new(scene);
}
