using System.Text.RegularExpressions;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail.Incoming;

/// <summary>Tells programs' mails from persons' ones where no machine-readable part does.</summary>
/// <remarks>Source: RFC 3834 (Auto-Submitted, empty return path); the rest are habits of mailers, kept in Data/reader.json.</remarks>
internal static partial class PlainRules
{
    private const int HeadLines = 40;

    private static readonly string[] AutoReplyHeaders =
        ["X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply", "X-Vacation", "X-MS-Exchange-Inbox-Rules-Loop"];

    /// <summary>A bounce or a delay in words only; null when it is neither.</summary>
    internal static InboundKind? PlainBounce(MailContent mail)
    {
        var head = Head(mail);
        var subject = ReaderPatterns.Instance.Matches("bounceSubject", mail.Subject);
        var text = ReaderPatterns.Instance.Matches("bounceText", head);
        var says = mail.Has("X-Failed-Recipients") || mail.ReportType is "delivery-status" || (IsSystem(mail) ? subject || text : subject && text);
        if (!says) return null;
        var retried = ReaderPatterns.Instance.Matches("delay", mail.Subject) || ReaderPatterns.Instance.Matches("delay", head);
        return retried ? InboundKind.Delayed : InboundKind.Bounce;
    }

    /// <summary>The recipient that a bounce in words names, or null.</summary>
    internal static string? PlainRecipient(MailContent mail)
    {
        var named = mail.Header("X-Failed-Recipients").Split(',')[0].Trim();
        if (named.Length > 0) return named;
        var match = BracketedAddress().Match(Head(mail));
        return match.Success ? match.Groups[1].Value : null;
    }

    /// <summary>"Prove that you are a person, and your mail will be delivered."</summary>
    internal static bool IsChallenge(MailContent mail)
    {
        var inSubject = ReaderPatterns.Instance.Matches("challenge", Fold(mail.Subject));
        return IsAutomatic(mail)
            ? inSubject || ReaderPatterns.Instance.Matches("challenge", Head(mail))
            : inSubject && !IsReplySubject(mail);
    }

    /// <summary>By its header, by a subject that is its own, or by its new text: what a person quotes or answers says nothing of the person.</summary>
    internal static bool IsAutoReply(MailContent mail, ReplyText reply) =>
        IsAutomatic(mail)
        || (!IsReplySubject(mail) && ReaderPatterns.Instance.Matches("autoSubject", Fold(mail.Subject)))
        || ReaderPatterns.Instance.Matches("autoText", Fold(string.Join('\n', reply.New.Take(HeadLines))));

    /// <summary>Mass mail is no person's reply, unless it answers a mail of ours: some firms write through a list.</summary>
    internal static bool IsBulk(MailContent mail) => ReferenceFinder.AnsweredMessageId(mail) is null
        && (mail.Header("Precedence").ToLowerInvariant() is "bulk" or "junk" or "list" || mail.Has("List-Unsubscribe") || mail.Has("Mailing-List"));

    internal static bool IsReplySubject(MailContent mail) => ReaderPatterns.Instance.Matches("replySubject", Fold(mail.Subject));

    internal static bool IsForwardSubject(MailContent mail) => ReaderPatterns.Instance.Matches("forwardSubject", Fold(mail.Subject));

    /// <summary>Comes from a mail system rather than from an account.</summary>
    internal static bool IsSystem(MailContent mail)
    {
        var from = mail.From;
        return ReaderPatterns.Instance.Matches("systemSender", from?.Address ?? mail.Header("From"))
            || ReaderPatterns.Instance.Matches("systemName", mail.Header("From"))
            || ReaderPatterns.Instance.Matches("systemSender", mail.Header("Return-Path").Trim('<', '>'))
            || IsNullReturnPath(mail);
    }

    private static bool IsAutomatic(MailContent mail)
    {
        var submitted = mail.Header("Auto-Submitted").ToLowerInvariant();
        return (submitted.Length > 0 && !submitted.StartsWith("no", StringComparison.Ordinal))
            || AutoReplyHeaders.Any(mail.Has)
            || mail.Header("X-Apple-Action").Equals("VACATION", StringComparison.OrdinalIgnoreCase)
            || IsVacation(mail.Header("Precedence").ToLowerInvariant(), mail)
            || IsNullReturnPath(mail);
    }

    /// <summary>Old vacation programs call their answers bulk or junk.</summary>
    private static bool IsVacation(string precedence, MailContent mail) =>
        precedence is "auto_reply" || (precedence is "bulk" or "junk" && (mail.Has("In-Reply-To") || IsReplySubject(mail)));

    private static bool IsNullReturnPath(MailContent mail) => mail.Header("Return-Path") is "<>";

    private static string Head(MailContent mail) => Fold(string.Join('\n', mail.Body.Split('\n').Take(HeadLines)));

    private static string Fold(string text) => Nfkc.Normalize(text);

    [GeneratedRegex(@"<([^\s<>@]{1,64}@[^\s<>@]{1,255})>", RegexOptions.CultureInvariant)]
    private static partial Regex BracketedAddress();
}
