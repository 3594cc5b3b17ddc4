using VulnDiag.Domain.Facts;
using VulnDiag.Mail.Support;

namespace VulnDiag.Mail.Incoming;

/// <summary>A request goes out, comes back filled in by one client or another, and is read.</summary>
public sealed class ReplyRoundTripTests
{
    private static readonly OutgoingMail Request = MailCases.Compose("SilenceRequest");
    private static readonly IReadOnlyList<AskedRequest> Asked = [AskedRequest.Of(Samples.Engagement.Id, MailCases.All["SilenceRequest"], Samples.Texts)];

    private const string FilledForm = "お世話になっております。\n\n【全回線】回答：\n【回線 L1】回答：承諾\n【回線 L1】備考：\n【回線 L2】回答：不可\n【回線 L2】備考：月末は避けてください。\n";

    public static TheoryData<string, string> Quotations => new()
    {
        { "Thunderbird", $"2026/11/17 10:00、サンプルセキュリティ株式会社 wrote:\n{Replies.Marked(Request.Text)}" },
        { "Gmail", $"2026年11月17日(火) 10:00 サンプルセキュリティ株式会社 <shindan@vulndiag.example>:\n\n{Replies.Marked(Request.Text)}" },
        { "iPhone", $"iPhoneから送信\n\n2026/11/17 10:00、サンプルセキュリティ株式会社 <shindan@vulndiag.example>のメール:\n\n{Replies.Marked(Request.Text)}" },
        { "Outlook", $"________________________________\n差出人: サンプルセキュリティ株式会社 <shindan@vulndiag.example>\n送信日時: 2026年11月17日 10:00\n宛先: tanto@vendor.example\n件名: {Request.Subject}\n\n{Request.Text}" },
        { "Outlook, English", $"From: shindan@vulndiag.example\nSent: Tuesday, November 17, 2026 10:00 AM\nTo: tanto@vendor.example\nSubject: {Request.Subject}\n\n{Request.Text}" },
        { "Becky", $"-----Original Message-----\n{Request.Text}" },
        { "Becky, marked", $"On Tue, 17 Nov 2026 10:00:00 +0900\nサンプルセキュリティ株式会社 <shindan@vulndiag.example> wrote:\n\n{Replies.Marked(Request.Text)}" },
        { "no quotation", "" },
    };

    [Theory]
    [MemberData(nameof(Quotations))]
    public void A_form_in_new_text_is_read_whatever_the_client_quotes(string client, string quotation)
    {
        client.ShouldNotBeEmpty();
        var mail = InboundReader.Read(Replies.To(Request).Text($"{FilledForm}\n{quotation}"));

        mail.Kind.ShouldBe(InboundKind.Answer);
        mail.Reference.ShouldBe("VD-000123-SIL");
        mail.Text.ShouldNotContain("見本ネットワーク");
        var answer = ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        answer.Question.ShouldBe(VendorQuestion.Silence);
        answer.Lines.ShouldBe([new(new("L1"), VendorReply.Yes, "", "about-L1"), new(new("L2"), VendorReply.No, "月末は避けてください。", "about-L2")]);
        (answer.Complete, answer.Certain).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("2026年11月17日(火) 10:00 サンプルセキュリティ株式会社 <shindan@vulndiag.example>:\n\n")]
    [InlineData("On Tue, Nov 17, 2026 at 10:00 AM サンプルセキュリティ株式会社\n<shindan@vulndiag.example> wrote:\n\n")]
    public void A_form_filled_in_between_quoted_lines_is_read(string attribution)
    {
        var filled = Replies.Fill(Replies.Fill(Request.Text, "【回線 L1】回答：", " 承諾"), "【回線 L2】回答：", "承諾いたします。");
        var mail = InboundReader.Read(Replies.To(Request).Text($"下記のとおり回答いたします。\n\n{attribution}{Replies.Marked(filled)}"));

        mail.Text.ShouldBe("下記のとおり回答いたします。");
        var answer = ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        answer.Lines.ShouldAllBe(static line => line.Reply == VendorReply.Yes);
        (answer.Complete, answer.Certain).ShouldBe((true, true));
    }

    [Fact]
    public void An_earlier_answer_in_somebody_elses_quotation_is_not_taken_for_an_answer_without_a_person_looking()
    {
        var first = $"> {FilledForm.Replace("\n", "\n> ", StringComparison.Ordinal)}\n> \n> 2026/11/17 10:00、サンプル wrote:\n{Replies.Marked(Replies.Marked(Request.Text))}";
        var mail = InboundReader.Read(Replies.To(Request).WithoutThread().Header("In-Reply-To", "<other@vendor.example>")
            .Header("References", $"<{Request.MessageId}> <other@vendor.example>").Text($"確認しました。\n\n2026/11/18 9:00、同僚 wrote:\n{first}"));

        mail.Reference.ShouldBe("VD-000123-SIL");
        ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Certain.ShouldBeFalse();
    }

    [Fact]
    public void A_quotation_without_any_mark_makes_neither_a_stop_nor_another_answer()
    {
        var mail = InboundReader.Read(Replies.To(Request).Text($"{FilledForm}\n{Request.Text}"));
        mail.Kind.ShouldBe(InboundKind.Answer);
        mail.Text.ShouldNotContain("中止");
        ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Lines[1].Reply.ShouldBe(VendorReply.No);
    }

    [Fact]
    public void An_answer_for_all_lines_at_once_is_complete()
    {
        var mail = InboundReader.Read(Replies.To(Request).Text("【全回線】回答：承諾\n【回線 L1】回答：\n【回線 L2】回答：\n"));
        var answer = ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        answer.Lines.ShouldAllBe(static line => line.Reply == VendorReply.Yes);
        (answer.Complete, answer.Certain).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("iso-2022-jp")]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    [InlineData("utf-16")]
    public void Old_japanese_charsets_are_read(string charset)
    {
        var mail = InboundReader.Read(Replies.To(Request).Text(FilledForm, charset));
        ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Complete.ShouldBeTrue();
    }

    [Fact]
    public void An_html_only_reply_of_outlook_is_read()
    {
        var form = string.Concat(FilledForm.Split('\n').Select(static line => $"<div class=\"elementToProof\">{line}</div>\r\n"));
        var html = $"<html><head><style>p{{margin:0}}</style></head><body dir=\"ltr\">{form}<div id=\"appendonsend\"></div><hr>"
            + "<div id=\"divRplyFwdMsg\"><b>差出人:</b> サンプル &lt;shindan@vulndiag.example&gt;<br><b>送信日時:</b> 2026年11月17日<br><b>宛先:</b> tanto@vendor.example<br><b>件名:</b> x</div>"
            + $"<div>{Request.Html}</div></body></html>";
        var mail = InboundReader.Read(Replies.To(Request).Html(html));
        mail.Text.ShouldNotContain("中止");
        mail.Text.ShouldNotContain("見本ネットワーク");
        mail.Kind.ShouldBe(InboundKind.Answer);
        ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Complete.ShouldBeTrue();
    }

    [Fact]
    public void An_html_only_reply_filled_in_within_the_quoted_html_is_read()
    {
        var filled = Replies.Fill(Replies.Fill(Request.Html, "【回線 L1】回答：", "<span>承諾</span>"), "【回線 L2】回答：", "承諾");
        var html = $"<div dir=\"ltr\">回答します。<br></div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">2026年11月17日(火) 10:00 サンプル &lt;<a href=\"mailto:shindan@vulndiag.example\">shindan@vulndiag.example</a>&gt;:<br></div><blockquote class=\"gmail_quote\">{filled}</blockquote></div>";
        var mail = InboundReader.Read(Replies.To(Request).Html(html));
        mail.Text.ShouldBe("回答します。");
        var answer = ReplyMatcher.Match(mail, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        (answer.Complete, answer.Certain).ShouldBe((true, true));
    }

    [Theory]
    [InlineData("【回線 L1】回答：\n承諾\n【回線 L1】備考：\n【回線 L2】回答：\n\n不可\n", true, true)]
    [InlineData("［回線Ｌ１］", false, false)]
    [InlineData("【回線Ｌ１】 回答 : 承諾\n【回線　L2】回答：承諾（よろしくお願いします）", true, true)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：承諾、ただし22時以降に限る", true, false)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：承諾\n【回線 L2】備考：条件は別途相談", true, false)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：", false, true)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：確認中です", false, false)]
    [InlineData("【回線 L1】回答：承諾 / 不可\n【回線 L2】回答：承諾", false, false)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L1】回答：不可\n【回線 L2】回答：承諾", false, false)]
    [InlineData("【全回線】回答：承諾\n【回線 L2】回答：不可", true, false)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：承諾\n【回線 L9】回答：承諾", true, false)]
    [InlineData("【回線 L1】回答：承諾できません\n【回線 L2】回答：承諾", false, false)]
    [InlineData("【回線 L1】回答：承諾\n【回線 L2】回答：不可\n【回線 L2】備考：当該日は更改のため静観できません。", true, true)]
    public void Completeness_and_certainty_are_told(string form, bool complete, bool certain)
    {
        var mail = InboundReader.Read(Replies.To(Request).Text(form));
        var proposal = ReplyMatcher.Match(mail, Asked);
        if (mail.Form is null) proposal.ShouldBeOfType<ReplyProposal.Attached>();
        else proposal.ShouldBeOfType<ReplyProposal.ProposedAnswer>().ShouldSatisfyAllConditions(
            answer => answer.Complete.ShouldBe(complete),
            answer => answer.Certain.ShouldBe(certain));
    }

    [Fact]
    public void The_form_in_short_names_every_row_that_is_filled_in()
    {
        var mail = InboundReader.Read(Replies.To(Request).Text("【全回線】回答：承諾\n【回線 L1】回答：不可\n【回線 L2】回答：検討中\n"));
        mail.Form!.Summary().ShouldBe(new Dictionary<string, string> { ["*"] = "yes", ["L1"] = "no", ["L2"] = "unclear" }, ignoreOrder: true);
    }

    [Fact]
    public void The_unfilled_request_sent_back_answers_nothing()
    {
        foreach (var text in new[] { Request.Text, Replies.Marked(Request.Text) })
        {
            var mail = InboundReader.Read(Replies.To(Request).Text($"受け取りました。\n\n{text}"));
            mail.Kind.ShouldBe(InboundKind.Answer);
            mail.Form.ShouldBeNull();
            mail.Text.ShouldStartWith("受け取りました。");
        }
    }
}
