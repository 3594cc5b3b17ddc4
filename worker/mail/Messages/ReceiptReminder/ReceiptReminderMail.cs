using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ReceiptReminder;

/// <summary>Asks the hospital to record that it has the report.</summary>
internal sealed class ReceiptReminderMail : IMailMessage
{
    public MailKind Kind => MailKind.ReceiptReminder;

    public MailView View(MailScene scene) => new(scene);
}
