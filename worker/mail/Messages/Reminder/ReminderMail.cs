using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.Reminder;

/// <summary>Asks again for an answer; with the answer form when the request had one.</summary>
internal sealed class ReminderMail : IMailMessage
{
    public MailKind Kind => MailKind.Reminder;

    public MailView View(MailScene scene) => new ReminderView(scene);
}

internal sealed class ReminderView(MailScene scene) : MailView(scene)
{
    /// <summary>The request that is reminded of.</summary>
    public string Request { get; } = (scene.Order.About ?? scene.Order.Kind).ToString();

    /// <summary>What people call it.</summary>
    public string About => MailTemplates.Line("Reminder.about.txt", this);

    /// <summary>True when the request asked for an answer by mail rather than in the portal.</summary>
    public bool ByReply { get; } = scene.Order.About is MailKind.MeetingRequest;
}
