using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages;

/// <summary>All that a mail is made from.</summary>
/// <param name="Order">Which mail, to whom, about what.</param>
/// <param name="Engagement">The engagement that it is about.</param>
/// <param name="Texts">What every mail says of the operator.</param>
internal sealed record MailScene(MailOrder Order, Engagement Engagement, MailTexts Texts);
