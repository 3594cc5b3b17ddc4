using System.Text;
using MimeKit;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Support;
using VulnDiag.TestSupport;

namespace VulnDiag.Mail;

/// <summary>One mail a day: it goes out, comes back filled in, and each answer finds its own request.</summary>
public sealed class DigestComposerTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 16, 16, 0, 0, TimeSpan.FromHours(9));
    private static readonly IReadOnlyList<DigestMember> Members =
    [
        new(MailCases.All["ValidityRequest"] with { CollectUntil = Until }, Samples.Engagement),
        new(
            MailCases.All["SilenceRequest"] with { CollectUntil = Until },
            Samples.Engagement with { Id = new EngagementId(456), Hearing = Samples.Engagement.Hearing with { HospitalName = "見本第二病院" } }),
    ];

    private static readonly OutgoingMail Digest = DigestComposer.Compose(Members, Until, Samples.Texts, Samples.Now);
    private static readonly IReadOnlyList<AskedRequest> Asked =
        [.. Members.Select(static member => AskedRequest.Of(member.Engagement.Id, member.Order, Samples.Texts) with { CarriedBy = Digest.MessageId })];

    [Fact]
    public void It_is_as_reviewed()
    {
        Golden.Matches("mail/Digest.txt", Digest.Text);
        Golden.Matches("mail/Digest.html", Digest.Html);
        var raw = Encoding.UTF8.GetString(Digest.Raw.Span);
        Golden.Matches("mail/Digest.headers", raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)] + "\n");
    }

    [Fact]
    public void Its_id_is_that_of_the_vendor_the_hour_and_the_requests_in_any_order()
    {
        DigestComposer.Compose([.. Members.Reverse()], Until, Samples.Texts, Samples.Now.AddMinutes(9)).MessageId.ShouldBe(Digest.MessageId);
        DigestComposer.Compose([Members[1]], Until, Samples.Texts, Samples.Now).MessageId.ShouldNotBe(Digest.MessageId);
        var keys = Members.Select(static member => member.Order.Key);
        MessageIds.OfDigest(Members[0].Order.To.Mail, Until, keys, Samples.Texts.From).ShouldBe(Digest.MessageId);
        MessageIds.OfDigest("other@vendor.example", Until, keys, Samples.Texts.From).ShouldNotBe(Digest.MessageId);
        MessageIds.IsDigest(Digest.MessageId).ShouldBeTrue();
        MessageIds.ReferenceOf(Digest.MessageId).ShouldBeNull();
    }

    [Fact]
    public void Invitations_are_attached_and_none_is_put_before_the_others()
    {
        using var message = MimeMessage.Load(new MemoryStream(Digest.Raw.ToArray()));
        var parts = message.BodyParts.Where(static part => part.ContentType.IsMimeType("text", "calendar")).ToList();
        parts.Count.ShouldBe(2);
        parts.ShouldAllBe(static part => part.IsAttachment);
    }

    [Fact]
    public void Each_answer_of_a_reply_is_that_requests_own()
    {
        var filled = "承知しました。\n\n【VD-000123-VAL 全回線】回答：承認\n【VD-000456-SIL 回線 L1】回答：承諾\n【VD-000456-SIL 回線 L2】回答：不可\n【VD-000456-SIL 回線 L2】備考：月末は避けてください。\n";
        var proposals = Match(filled);

        proposals.Select(static proposal => proposal.Request.Reference).ShouldBe(["VD-000123-VAL", "VD-000456-SIL"]);
        proposals[0].Lines.ShouldBe([new(new("L1"), VendorReply.Yes, "", "about-L1"), new(new("L2"), VendorReply.Yes, "", "about-L2")]);
        proposals[1].Lines.ShouldBe([new(new("L1"), VendorReply.Yes, "", "about-L1"), new(new("L2"), VendorReply.No, "月末は避けてください。", "about-L2")]);
        proposals.ShouldAllBe(static proposal => proposal.Complete && proposal.Certain);
    }

    [Fact]
    public void A_reference_right_above_the_quotation_is_no_part_of_its_heading()
    {
        var filled = "【VD-000123-VAL 全回線】回答：承認\n【VD-000456-SIL 回線 L1】回答：承諾\n【VD-000456-SIL 回線 L2】回答：承諾\n\nshindan@vulndiag.example のメール:\n" + Replies.Marked(Digest.Text);
        Match(filled).Select(static proposal => (proposal.Request.Reference, proposal.Complete, proposal.Certain)).ShouldBe([("VD-000123-VAL", true, true), ("VD-000456-SIL", true, true)]);
    }

    [Fact]
    public void What_is_filled_in_between_quoted_lines_is_found_too_and_the_rest_stays_open()
    {
        var quoted = Replies.Marked(Replies.Fill(Digest.Text, "【VD-000123-VAL 全回線】回答：", "承認"));
        var proposal = Match($"一件のみ回答します。\n\n2026年11月16日(月) 16:00 サンプル <shindan@vulndiag.example>:\n\n{quoted}").ShouldHaveSingleItem();
        proposal.Request.Reference.ShouldBe("VD-000123-VAL");
        (proposal.Complete, proposal.Certain).ShouldBe((true, true));
    }

    [Fact]
    public void An_answer_without_a_reference_is_kept_for_the_coordinator_and_a_strangers_moves_nothing()
    {
        var loose = InboundReader.Read(Replies.To(Digest).Text("【全回線】回答：承認\n"));
        ReplyMatcher.MatchAll(loose, Asked).ShouldHaveSingleItem().ShouldBeOfType<ReplyProposal.Attached>();
        var stranger = InboundReader.Read(Replies.To(Digest).From("stranger@vendor.example").Text("【VD-000123-VAL 全回線】回答：承認\n"));
        ReplyMatcher.MatchAll(stranger, Asked).ShouldHaveSingleItem().ShouldBeOfType<ReplyProposal.NotAsked>();
    }

    [Fact]
    public void Stop_is_about_everything_that_the_mail_carried_and_nothing_else()
    {
        var other = AskedRequest.Of(new EngagementId(789), MailCases.All["ValidityRequest"], Samples.Texts);
        var stop = InboundReader.Read(Replies.To(Digest).Text("中止してください。\n"));
        var proposal = ReplyMatcher.MatchAll(stop, [other, .. Asked]).ShouldHaveSingleItem().ShouldBeOfType<ReplyProposal.StopRequested>();
        proposal.Targets.Select(static target => target.Engagement.Value).ShouldBe([123, 456], ignoreOrder: true);
    }

    private static IReadOnlyList<ReplyProposal.ProposedAnswer> Match(string text)
    {
        var mail = InboundReader.Read(Replies.To(Digest).Text(text));
        mail.Kind.ShouldBe(InboundKind.Answer);
        return [.. ReplyMatcher.MatchAll(mail, Asked).Select(static proposal => proposal.ShouldBeOfType<ReplyProposal.ProposedAnswer>())];
    }
}
