using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Forms;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail.Incoming;

/// <summary>Finds what an inbound mail is an answer to. Pure.</summary>
/// <remarks>Nothing in a mail can move what its sender was not asked about. Source: SPEC "Mail" and "When a packet may leave".</remarks>
public static class ReplyMatcher
{
    /// <summary>What this mail proposes: one proposal, or one for each request of a day's mail that it answers; never none.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="asked">As for <see cref="Match"/>.</param>
    public static IReadOnlyList<ReplyProposal> MatchAll(InboundMail mail, IReadOnlyList<AskedRequest> asked)
    {
        if (mail.Kind is not InboundKind.Answer || mail.Form is not { ByReference.Count: > 0 } form) return [Match(mail, asked)];
        ReplyProposal[] proposals =
        [
            .. form.ByReference.OrderBy(static part => part.Key, StringComparer.Ordinal)
                .Select(part => Match(mail with { Reference = part.Key, AnsweredMessageId = Carried(mail, part.Key, asked)?.MessageId ?? mail.AnsweredMessageId, Form = part.Value }, asked)),
        ];
        return proposals;
    }

    /// <summary>What this mail proposes.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="asked">What was asked and may still be answered, newest last. For STOP: everything that was asked in engagements that are not final.</param>
    public static ReplyProposal Match(InboundMail mail, IReadOnlyList<AskedRequest> asked)
    {
        if (mail.Kind is InboundKind.Stop) return Stop(mail, asked);
        if (!asked.Any(request => IsDirect(mail, request)) && Carried(mail, reference: null, asked) is { } carried)
        {
            // An answer that names no request of the day's mail answers none of them by itself.
            if (mail.Kind is InboundKind.Answer) return IsFrom(mail, carried) ? new ReplyProposal.Attached(carried) : new ReplyProposal.NotAsked(NotAskedReason.SenderNotAsked, carried);
            mail = mail with { AnsweredMessageId = carried.MessageId };
        }

        var named = Named(mail, asked);
        if (mail.Kind is InboundKind.Bounce or InboundKind.Delayed)
            return (named ?? ByRecipient(mail, asked)) is { } lost ? new ReplyProposal.Undelivered(lost, mail.Kind is InboundKind.Bounce) : NoRequest();
        if (named is null) return NoRequest();
        if (mail.Kind is not InboundKind.Answer) return new ReplyProposal.Attached(named);

        var own = IsFrom(mail, named) ? named : asked.LastOrDefault(request => request.Reference == named.Reference && IsFrom(mail, request));
        if (own is null) return new ReplyProposal.NotAsked(NotAskedReason.SenderNotAsked, named);
        return mail.Form is { } form && own.Questions.Count > 0 && FormWords.QuestionOf(own.Kind) is { } question
            ? Answer(mail, form, own, question, IsOnlyOne(own, asked))
            : new ReplyProposal.Attached(own);
    }

    private static ReplyProposal.NotAsked NoRequest() => new(NotAskedReason.NoRequest, Near: null);

    /// <summary>The request that the mail names: the very mail that it answers, else the newest with its reference, one to its sender first.</summary>
    private static AskedRequest? Named(InboundMail mail, IReadOnlyList<AskedRequest> asked) =>
        asked.LastOrDefault(request => IsDirect(mail, request))
        ?? asked.LastOrDefault(request => request.Reference == mail.Reference && IsFrom(mail, request))
        ?? asked.LastOrDefault(request => request.Reference == mail.Reference);

    private static AskedRequest? ByRecipient(InboundMail mail, IReadOnlyList<AskedRequest> asked) =>
        asked.LastOrDefault(request => string.Equals(request.Address, mail.Recipient, StringComparison.OrdinalIgnoreCase) && mail.Reference is null);

    private static ReplyProposal Stop(InboundMail mail, IReadOnlyList<AskedRequest> asked)
    {
        var own = asked.Where(request => IsFrom(mail, request)).ToList();
        var together = own.Where(request => IsCarrier(mail, request)).ToList();
        if (together.Count > 0) own = together;
        else if (mail.Reference is not null && References.Parse(mail.Reference) is { } parsed)
            own = [.. own.Where(request => request.Engagement == parsed.Engagement)];
        if (own.Count == 0)
        {
            var near = Named(mail, asked);
            return new ReplyProposal.NotAsked(near is null ? NotAskedReason.NoRequest : NotAskedReason.SenderNotAsked, near);
        }

        var targets = own.GroupBy(static request => request.Engagement).Select(static group => new StopTarget(
            group.Key,
            group.Any(static request => request.Lines.Count == 0) ? [] : [.. group.SelectMany(static request => request.Lines).Distinct().Order()]));
        return new ReplyProposal.StopRequested([.. targets], mail.Text.Length > 0 ? mail.Text : mail.Subject);
    }

    private static ReplyProposal.ProposedAnswer Answer(InboundMail mail, FormAnswer form, AskedRequest request, VendorQuestion question, bool onlyOne)
    {
        var lines = request.Questions.Select(asked => LineOf(form, asked)).ToList();
        var known = request.Lines.Select(static line => Bare(line.Value)).ToHashSet();
        var certain = form.Entries.All(entry => entry.Certain && known.Contains(Bare(entry.Line)) && Agrees(entry, form.AllLines))
            && form.AllLines?.Certain != false
            && (!form.InQuotation || IsDirect(mail, request))
            && (IsDirect(mail, request) || (mail.AnsweredMessageId is null && onlyOne));
        return new ReplyProposal.ProposedAnswer(request, question, lines, lines.TrueForAll(static line => line.Reply is not null), certain);
    }

    private static LineReply LineOf(FormAnswer form, LineQuestion asked)
    {
        var entry = form.Entries.FirstOrDefault(entry => Bare(entry.Line) == Bare(asked.Line.Value)) ?? form.AllLines;
        if (entry is null) return new LineReply(asked.Line, Reply: null, "", asked.AboutHash);
        return new LineReply(asked.Line, entry.Reply, entry.Remark.Length > 0 || entry.Reply is not null ? entry.Remark : entry.Words, asked.AboutHash);
    }

    /// <summary>Whatever the sender was asked under this reference was about the same: an answer that names no mail can mean nothing else.</summary>
    private static bool IsOnlyOne(AskedRequest request, IReadOnlyList<AskedRequest> asked) =>
        asked.Where(other => other.Reference == request.Reference && other.Address == request.Address && other.Questions.Count > 0)
            .SelectMany(static other => other.Questions)
            .All(question => request.Questions.Contains(question));

    /// <summary>"All: yes, L2: no" says what it means, yet a slip looks the same: the coordinator sees it.</summary>
    private static bool Agrees(FormEntry entry, FormEntry? allLines) => allLines is null || entry.Reply == allLines.Reply;

    private static bool IsFrom(InboundMail mail, AskedRequest request) =>
        mail.From.Length > 0 && string.Equals(request.Address, mail.From, StringComparison.OrdinalIgnoreCase);

    /// <summary>The request that the day's mail which is answered carried; the first of them where no reference is named.</summary>
    private static AskedRequest? Carried(InboundMail mail, string? reference, IReadOnlyList<AskedRequest> asked) =>
        asked.LastOrDefault(request => IsCarrier(mail, request) && (reference is null || request.Reference == reference));

    private static bool IsCarrier(InboundMail mail, AskedRequest request) =>
        request.CarriedBy.Length > 0 && string.Equals(request.CarriedBy, mail.AnsweredMessageId, StringComparison.OrdinalIgnoreCase);

    private static bool IsDirect(InboundMail mail, AskedRequest request) =>
        string.Equals(request.MessageId, mail.AnsweredMessageId, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string line) =>
        string.Concat(Nfkc.Normalize(line).Where(static letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
}
