using MimeKit;
using VulnDiag.Mail.Forms;

namespace VulnDiag.Mail.Incoming;

/// <summary>Tells the kinds of inbound mails apart.</summary>
/// <remarks>Order of reading: what a machine-readable part says, then what words say, then whether a person wrote it. Source: CLI "mail classify".</remarks>
internal static class InboundClassifier
{
    internal static InboundKind KindOf(MailContent mail, ReplyText reply, IReadOnlyList<DeliveryOutcome>? report)
    {
        if (mail.ReportType is "feedback-report" || mail.OfType("message", "feedback-report").Any()) return InboundKind.Feedback;
        if (mail.ReportType is "disposition-notification" || mail.OfType("message", "disposition-notification").Any()) return InboundKind.Mdn;
        if (report is not null) return KindOf(report);
        if (Calendar(mail) is { } calendar) return KindOf(calendar, mail, reply);
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

    /// <summary>A calendar answer with a STOP in its comment is a STOP; one that merely carries our invitation back is judged by its text.</summary>
    private static InboundKind KindOf(MimeEntity calendar, MailContent mail, ReplyText reply)
    {
        if (IsAnswer(calendar)) return StopWords.In(reply.New) ? InboundKind.Stop : InboundKind.CalendarReply;
        return ReferenceFinder.AnsweredMessageId(mail) is null ? InboundKind.Other : PersonsKind(mail, reply);
    }

    private static MimeEntity? Calendar(MailContent mail) =>
        mail.OfType("text", "calendar").Concat(mail.OfType("application", "ics")).FirstOrDefault();

    private static bool IsAnswer(MimeEntity calendar)
    {
        var method = calendar.ContentType.Parameters["method"] ?? "";
        return method.Length > 0
            ? method.ToUpperInvariant() is "REPLY" or "COUNTER"
            : MailContent.TextOf(calendar).Split('\n').Any(static line => ReaderPatterns.Instance.Matches("calendarAnswer", line.TrimEnd()));
    }

    private static InboundKind PersonsKind(MailContent mail, ReplyText reply)
    {
        var isReply = mail.Has("In-Reply-To") || mail.Has("References") || PlainRules.IsReplySubject(mail);
        var ownSubject = isReply || PlainRules.IsForwardSubject(mail) ? "" : mail.Subject;
        if (StopWords.In([ownSubject, .. reply.New]) || IsStopInForm(mail, reply)) return InboundKind.Stop;
        return isReply || reply.Quoted.Count > 0 || ReferenceFinder.Reference(mail) is not null ? InboundKind.Answer : InboundKind.Other;
    }

    /// <summary>Our forms go out empty: what stands in one that is sent straight back to us is new, even between quoted lines.</summary>
    private static bool IsStopInForm(MailContent mail, ReplyText reply) =>
        ReferenceFinder.AnsweredMessageId(mail) is not null && StopWords.In(FormReader.FilledInQuotation(reply));
}
