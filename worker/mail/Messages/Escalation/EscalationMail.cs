using System.Globalization;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.Escalation;

/// <summary>Tells the coordinators that an engagement needs a person.</summary>
internal sealed class EscalationMail : IMailMessage
{
    public MailKind Kind => MailKind.Escalation;

    public MailView View(MailScene scene) => new EscalationView(scene);
}

internal sealed class EscalationView(MailScene scene) : MailView(scene)
{
    public string Engagement { get; } = scene.Engagement.Id.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>ステータス.</summary>
    public string State { get; } = scene.Engagement.State.NameJa();
}
