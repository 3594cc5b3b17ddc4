using MimeKit;
using VulnDiag.Mail.Forms;

namespace VulnDiag.Mail.Incoming;

/// <summary>Reads an inbound mail. Never fails: a broken mail gets a kind too.</summary>
/// <remarks>Thread-safe.</remarks>
public static class InboundReader
{
    /// <summary>Reads the bytes of one mail.</summary>
    public static InboundMail Read(ReadOnlyMemory<byte> raw)
    {
        using var message = Parse(raw);
        var mail = new MailContent(message.Headers, message.Body);
        var reply = ReplyText.Of(mail.Body);
        var report = DeliveryReport.Of(mail);
        var kind = InboundClassifier.KindOf(mail, reply, report);
        var read = new InboundMail
        {
            Kind = kind,
            MessageId = message.MessageId ?? "",
            From = mail.From?.Address.ToLowerInvariant() ?? "",
            Subject = mail.Subject,
            Date = message.Headers.Contains(HeaderId.Date) && message.Date != default ? message.Date : null,
            Reference = ReferenceFinder.Reference(mail),
            AnsweredMessageId = ReferenceFinder.AnsweredMessageId(mail),
            Text = reply.Text,
        };
        return kind switch
        {
            InboundKind.Bounce or InboundKind.Delayed => WithOutcome(read, mail, report),
            InboundKind.Answer or InboundKind.Stop => read with { Form = FormReader.Read(reply) },
            _ => read,
        };
    }

    private static InboundMail WithOutcome(InboundMail read, MailContent mail, IReadOnlyList<DeliveryOutcome>? report)
    {
        var first = report?.FirstOrDefault(outcome => read.Kind is InboundKind.Bounce ? outcome.Failed : outcome.Delayed);
        return read with
        {
            Recipient = first?.Recipient ?? PlainRules.PlainRecipient(mail),
            Status = first is null ? DeliveryReport.StatusIn(mail.Body) : first.Status,
        };
    }

    private static MimeMessage Parse(ReadOnlyMemory<byte> raw)
    {
        var bytes = raw.Span.StartsWith("\uFEFF"u8) ? raw[3..] : raw;
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            return new MimeParser(stream, MimeFormat.Entity).ParseMessage();
        }
        catch (FormatException)
        {
            // No header at all: what there is, is shown as text.
            return new MimeMessage { Body = new TextPart("plain") { Content = new MimeContent(new MemoryStream(bytes.ToArray())) } };
        }
    }
}
