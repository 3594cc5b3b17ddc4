using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Ics;
using VulnDiag.Mail.Messages;

namespace VulnDiag.Mail;

/// <summary>One request of a day's mail.</summary>
/// <param name="Order">Which; all orders of a mail go to the same vendor.</param>
/// <param name="Engagement">The engagement that it is about.</param>
public sealed record DigestMember(MailOrder Order, Engagement Engagement);

/// <summary>Makes the one mail a day of a vendor who wants it so (日次まとめ). Pure: the same arguments give the same bytes.</summary>
/// <remarks>Each request keeps its reference, its deadline and a form of its own. Source: SPEC "Mail"; docs/decisions/0148.</remarks>
public static class DigestComposer
{
    /// <summary>Composes the mail.</summary>
    /// <param name="members">The requests, in the order in which they arose; at least one.</param>
    /// <param name="until">Until when they were collected: with the vendor's address and the orders' keys it names the mail.</param>
    /// <param name="texts">What every mail says of the operator.</param>
    /// <param name="now">The mail's date.</param>
    public static OutgoingMail Compose(IReadOnlyList<DigestMember> members, DateTimeOffset until, MailTexts texts, DateTimeOffset now)
    {
        var scenes = members.Select(member => new MailScene(member.Order, member.Engagement, texts)).ToList();
        var view = new DigestView(scenes, until);
        var to = members[0].Order.To.Mail;
        var mail = new OutgoingMail(
            MessageIds.OfDigest(to, until, members.Select(static member => member.Order.Key), texts.From),
            Reference: "",
            texts.From,
            to,
            MailTemplates.Line("digest.subject.txt", view),
            MailTemplates.DigestText(view),
            MailTemplates.DigestPage(view),
            [.. scenes.SelectMany(scene => Invitations.Of(scene, now))],
            Raw: default);
        return mail with { Raw = MailComposer.Write(mail, texts, now) };
    }
}
