using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace VulnDiag.Mail.Incoming;

/// <summary>Finds which mail of ours an inbound mail belongs to: by what it answers, by what it returns, by its subject.</summary>
internal static partial class ReferenceFinder
{
    /// <summary>The Message-ID of ours that it answers or returns itself, or null: an answer to somebody's answer has none.</summary>
    internal static string? AnsweredMessageId(MailContent mail) => Direct(mail).FirstOrDefault(IsOurs);

    /// <summary>The reference, normalised, or null.</summary>
    internal static string? Reference(MailContent mail)
    {
        var id = Direct(mail).Concat(Thread(mail)).FirstOrDefault(IsOurs);
        if (id is not null && MessageIds.ReferenceOf(id) is { } told) return told;
        return new[] { mail.Subject, Returned(mail)?["Subject"] ?? "", CalendarText(mail) }
            .Select(References.TryRead).FirstOrDefault(static reference => reference is not null);
    }

    private static bool IsOurs(string id) => MessageIds.ReferenceOf(id) is not null || MessageIds.IsDigest(id);

    private static IEnumerable<string> Direct(MailContent mail)
    {
        var answered = mail.Has("In-Reply-To") ? MimeUtils.EnumerateReferences(mail.Header("In-Reply-To")) : Thread(mail).Take(1);
        foreach (var id in answered) yield return id;
        if (DeliveryReport.EnvelopeId(mail) is { } envelope) yield return envelope;
        if (OriginalMessageId(mail) is { } original) yield return original;
        if (Returned(mail)?["Message-Id"] is { } returned) yield return returned.Trim('<', '>', ' ');
    }

    /// <summary>What it and its forerunners answered, the latest first.</summary>
    private static IEnumerable<string> Thread(MailContent mail) => MimeUtils.EnumerateReferences(mail.Header("References")).Reverse();

    /// <summary>A read receipt or a complaint names the mail that it is about (RFC 8098 section 3.2.5).</summary>
    private static string? OriginalMessageId(MailContent mail)
    {
        var reports = mail.OfType("message", "disposition-notification").Concat(mail.OfType("message", "feedback-report"));
        var match = reports.Select(static part => OriginalId().Match(MailContent.TextOf(part))).FirstOrDefault(static found => found.Success);
        return match?.Groups[1].Value;
    }

    /// <summary>The header of the mail that a bounce returns, whole or as text/rfc822-headers.</summary>
    private static HeaderList? Returned(MailContent mail)
    {
        foreach (var part in mail.Parts)
        {
            if (part is MessagePart { Message: { } message }) return message.Headers;
            if (part is TextRfc822Headers { Message: { } headers }) return headers.Headers;
        }

        return null;
    }

    private static string CalendarText(MailContent mail) =>
        string.Concat(mail.OfType("text", "calendar").Select(MailContent.TextOf)).Replace("\r\n ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^Original-Message-ID\s*:\s*<?([^\s<>]+)>?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex OriginalId();
}
