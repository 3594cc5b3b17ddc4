using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Text;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Mail.Ics;
using VulnDiag.Mail.Messages;

namespace VulnDiag.Mail;

/// <summary>Makes a mail from an order. Pure: the same arguments give the same bytes.</summary>
public static class MailComposer
{
    private static readonly FormatOptions Wire = MakeWireOptions();

    /// <summary>Composes the mail of <paramref name="order"/>.</summary>
    /// <param name="order">Which mail.</param>
    /// <param name="engagement">The engagement that it is about.</param>
    /// <param name="texts">What every mail says of the operator.</param>
    /// <param name="now">The mail's date; store it with the order, so that a retry sends the same bytes.</param>
    /// <exception cref="ArgumentException">The order has no address to go to.</exception>
    public static OutgoingMail Compose(MailOrder order, Engagement engagement, MailTexts texts, DateTimeOffset now)
    {
        var to = order.To.Audience is Audience.Coordinator ? texts.CoordinatorMail : order.To.Mail;
        if (!MailboxAddress.TryParse(to, out _)) throw new ArgumentException($"Mail {order.Key} has no valid address to go to.", nameof(order));

        var scene = new MailScene(order, engagement, texts);
        var view = MailMessages.Of(order.Kind).View(scene);
        var mail = new OutgoingMail(
            MessageIds.Of(order.Key, view.Reference, texts.From),
            view.Reference,
            texts.From,
            to,
            MailTemplates.Subject(order.Kind, view),
            MailTemplates.Text(order.Kind, view),
            MailTemplates.HtmlPage(order.Kind, view),
            Invitations.Of(scene, now),
            Raw: default);
        return mail with { Raw = Write(mail, texts, now) };
    }

    internal static byte[] Write(OutgoingMail mail, MailTexts texts, DateTimeOffset now)
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress(texts.OperatorName, mail.From));
        message.To.Add(new MailboxAddress("", mail.To));
        if (texts.ReplyTo != mail.From) message.ReplyTo.Add(new MailboxAddress(texts.OperatorName, texts.ReplyTo));
        message.Subject = mail.Subject;
        message.Date = Jst.Of(now);
        message.MessageId = mail.MessageId;
        // RFC 3834 section 5: told to be automatic, so that polite responders do not answer it.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, "ja");
        message.Body = Body(mail);

        using var raw = new MemoryStream();
        message.WriteTo(Wire, raw);
        return raw.ToArray();
    }

    private static MimeEntity Body(OutgoingMail mail)
    {
        var alternative = new MultipartAlternative { Boundary = Boundary(mail, "a") };
        alternative.Add(Base64(new TextPart(TextFormat.Plain) { Text = mail.Text }));
        alternative.Add(Base64(new TextPart(TextFormat.Html) { Text = mail.Html }));
        if (mail.Calendars.Count == 0) return alternative;

        // Clients that offer "accept" look for the invitation among the alternatives; they take one, so the rest are attached.
        // A mail of several requests has no first one: there all are attached alone.
        if (mail.Reference.Length > 0) alternative.Add(Event(mail.Calendars[0]));
        var mixed = new Multipart("mixed") { Boundary = Boundary(mail, "m") };
        mixed.Add(alternative);
        for (var index = 0; index < mail.Calendars.Count; index++)
        {
            var attachment = Event(mail.Calendars[index]);
            attachment.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = $"{(mail.Reference.Length > 0 ? mail.Reference : "invitation")}-{index + 1}.ics" };
            mixed.Add(attachment);
        }

        return mixed;
    }

    private static TextPart Event(IcsText calendar)
    {
        var part = new TextPart("calendar") { Text = calendar.Text };
        part.ContentType.Parameters.Add("method", calendar.Method);
        return Base64(part);
    }

    private static TextPart Base64(TextPart part)
    {
        part.ContentTransferEncoding = ContentEncoding.Base64;
        return part;
    }

    private static string Boundary(OutgoingMail mail, string level) =>
        $"vd-{level}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId)).AsSpan(0, 12))}";

    private static FormatOptions MakeWireOptions()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        options.EnsureNewLine = true;
        return options;
    }
}
