using System.Text;
using MimeKit;

namespace VulnDiag.Mail.Support;

/// <summary>Replies to our mails as real clients make them.</summary>
internal static class Replies
{
    internal static InboundBuilder To(OutgoingMail mail) => new(mail);

    /// <summary>Every line with a quote mark.</summary>
    internal static string Marked(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(static line => line.Length == 0 ? ">" : $"> {line}"));

    /// <summary>Writes an answer behind a label of the form.</summary>
    internal static string Fill(string text, string label, string answer) => text.Replace(label, label + answer, StringComparison.Ordinal);
}

/// <summary>A reply in the making.</summary>
internal sealed class InboundBuilder(OutgoingMail mail)
{
    private readonly MimeMessage _message = new()
    {
        Subject = "Re: " + mail.Subject,
        MessageId = "reply-1@vendor.example",
        Date = Samples.Now,
        InReplyTo = mail.MessageId,
    };

    internal InboundBuilder From(string address)
    {
        _message.From.Add(MailboxAddress.Parse(address));
        return this;
    }

    internal InboundBuilder WithoutThread()
    {
        _message.Headers.Remove(HeaderId.InReplyTo);
        return this;
    }

    internal InboundBuilder Subject(string subject)
    {
        _message.Subject = subject;
        return this;
    }

    internal InboundBuilder Header(string name, string value)
    {
        _message.Headers.Add(name, value);
        return this;
    }

    internal byte[] Text(string text, string charset = "utf-8")
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var part = new TextPart("plain");
        part.SetText(Encoding.GetEncoding(charset), text);
        return Raw(part);
    }

    internal byte[] Html(string html) => Raw(new TextPart("html") { Text = html });

    internal byte[] Raw(MimeEntity body)
    {
        if (_message.From.Count == 0) _message.From.Add(MailboxAddress.Parse(mail.To));
        _message.To.Add(MailboxAddress.Parse(Samples.Texts.ReplyTo));
        _message.Body = body;
        using var raw = new MemoryStream();
        _message.WriteTo(raw);
        return raw.ToArray();
    }
}
