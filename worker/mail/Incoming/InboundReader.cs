using MimeKit;
using VulnDiag.Mail.Forms;

namespace VulnDiag.Mail.Incoming;

/// <summary>Reads an inbound mail. Never fails: a broken mail gets a kind too.</summary>
/// <remarks>Thread-safe. Order of reading: what a machine-readable part says, then what words say, then whether a person wrote it.</remarks>
public static class InboundReader
{
    /// <summary>Reads the bytes of one mail.</summary>
    public static InboundMail Read(ReadOnlyMemory<byte> raw)
    {
        using var message = Parse(raw);
        var mail = new MailContent(message.Headers, message.Body);
        var reply = ReplyText.Of(mail.Body);
        var report = DeliveryReport.Of(mail);
        var kind = KindOf(mail, reply, report);
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

    private static InboundKind KindOf(MailContent mail, ReplyText reply, IReadOnlyList<DeliveryOutcome>? report)
    {
        if (mail.ReportType is "feedback-report" || mail.OfType("message", "feedback-report").Any()) return InboundKind.Feedback;
        if (mail.ReportType is "disposition-notification" || mail.OfType("message", "disposition-notification").Any()) return InboundKind.Mdn;
        if (report is not null) return KindOf(report);
        if (mail.OfType("text", "calendar").FirstOrDefault() is { } calendar) return KindOf(calendar);
        if (ReaderPatterns.Instance.Matches("calendarSubject", mail.Subject)) return InboundKind.CalendarReply;
        if (PlainRules.IsChallenge(mail)) return InboundKind.Other;
        if (PlainRules.PlainBounce(mail) is { } bounce) return bounce;
        if (PlainRules.IsAutoReply(mail, reply)) return InboundKind.AutoReply;
        return mail.From is null || PlainRules.IsSystem(mail) || PlainRules.IsBulk(mail) ? InboundKind.Other : PersonsKind(mail, reply);
    }

    private static InboundKind KindOf(IReadOnlyList<DeliveryOutcome> report)
    {
        if (report.Count == 0 || report.Any(static outcome => outcome.Failed)) return InboundKind.Bounce;
        return report.Any(static outcome => outcome.Delayed) ? InboundKind.Delayed : InboundKind.Other;
    }

    private static InboundKind KindOf(MimeEntity calendar)
    {
        var method = calendar.ContentType.Parameters["method"] ?? "";
        var answers = method.Length > 0
            ? method.ToUpperInvariant() is "REPLY" or "COUNTER"
            : MailContent.TextOf(calendar).Split('\n').Any(static line => ReaderPatterns.Instance.Matches("calendarAnswer", line.TrimEnd()));
        return answers ? InboundKind.CalendarReply : InboundKind.Other;
    }

    private static InboundKind PersonsKind(MailContent mail, ReplyText reply)
    {
        var isReply = mail.Has("In-Reply-To") || mail.Has("References") || PlainRules.IsReplySubject(mail);
        if (StopWords.In(reply.New) || (!isReply && StopWords.In([mail.Subject])) || IsStopInForm(mail, reply)) return InboundKind.Stop;
        return isReply || reply.Quoted.Count > 0 || ReferenceFinder.Reference(mail) is not null ? InboundKind.Answer : InboundKind.Other;
    }

    /// <summary>Our forms go out empty: what stands in one that is sent straight back to us is new, even between quoted lines.</summary>
    private static bool IsStopInForm(MailContent mail, ReplyText reply) =>
        ReferenceFinder.AnsweredMessageId(mail) is not null && StopWords.In(FormReader.FilledInQuotation(reply));

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
