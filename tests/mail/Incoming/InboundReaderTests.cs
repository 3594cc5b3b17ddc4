using System.Text;
using CsCheck;
using MimeKit;
using VulnDiag.Mail.Support;

namespace VulnDiag.Mail.Incoming;

public sealed class InboundReaderTests
{
    private static readonly OutgoingMail Request = MailCases.Compose("SilenceRequest");

    [Fact]
    public void Any_bytes_get_a_kind() =>
        Gen.Byte.Array[0, 2000].Sample(static bytes => { InboundReader.Read(bytes).Text.ShouldNotBeNull(); }, iter: 2000);

    [Fact]
    public void Mails_with_broken_bytes_get_a_kind()
    {
        var whole = Replies.To(Request).Raw(new Multipart("report")
        {
            new TextPart("plain") { Text = Replies.Marked(Request.Text) },
            new TextPart("html") { Text = Request.Html },
            new MimePart("message", "delivery-status") { Content = new MimeContent(new MemoryStream("Final-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\n\r\n"u8.ToArray())) },
            new TextPart("calendar") { Text = Request.Calendars[0].Text },
        });
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 30].Sample(
            changes =>
            {
                var broken = (byte[])whole.Clone();
                foreach (var (at, value) in changes) broken[at] = value;
                InboundReader.Read(broken.AsMemory(0, whole.Length - changes[0].Item1)).Text.ShouldNotBeNull();
                InboundReader.Read(broken).Text.ShouldNotBeNull();
            },
            iter: 500);
    }

    [Theory]
    [InlineData("中止してください。")]
    [InlineData("STOP")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("至急、診断を中止願います。監視で異常を検知しました。")]
    [InlineData("stop!")]
    [InlineData("Please stop the scan.")]
    [InlineData("すぐにSTOPしてください")]
    public void New_text_that_says_so_is_a_stop(string text)
    {
        InboundReader.Read(Replies.To(Request).Text($"{text}\n\n2026/11/24 22:10、サンプル wrote:\n{Replies.Marked(Request.Text)}")).Kind.ShouldBe(InboundKind.Stop);
        InboundReader.Read(Replies.To(Request).Text(text, "iso-2022-jp")).Kind.ShouldBe(InboundKind.Stop);
    }

    [Theory]
    [InlineData("> 中止してください。\n> STOP")]
    [InlineData("-----Original Message-----\n中止してください。")]
    [InlineData("差出人: a@b.example\n送信日時: 2026年11月17日\n件名: 中止\n\nSTOP")]
    [InlineData("On Tue, Nov 17, 2026 at 10:00 AM A <a@b.example> wrote:\nSTOP")]
    [InlineData("件名: 中止\n日時: 2026年11月17日\n差出人: a@b.example\n\nSTOP")]
    [InlineData("---- On Tue, 17 Nov 2026 10:00:00 +0900 A <a@b.example> wrote ----\n\nSTOP")]
    [InlineData("===== 元のメッセージ =====\n中止してください")]
    [InlineData("＞ 中止してください")]
    [InlineData("-- \n中止太郎")]
    public void Quoted_words_are_no_stop(string quotation) =>
        InboundReader.Read(Replies.To(Request).Text($"承知しました。\n\n{quotation}\n")).Kind.ShouldBe(InboundKind.Answer);

    [Fact]
    public void A_stop_written_into_the_quoted_form_is_new_and_counts()
    {
        var filled = Replies.Fill(Request.Text, "【回線 L1】備考：", "直ちに中止してください。");
        var reply = $"下記のとおりです。\n\n2026/11/17 10:00、A <a@b.example>:\n{Replies.Marked(filled)}";
        InboundReader.Read(Replies.To(Request).Text(reply)).Kind.ShouldBe(InboundKind.Stop);
        InboundReader.Read(Replies.To(Request).WithoutThread().Header("In-Reply-To", "<other@vendor.example>").Text(reply)).Kind.ShouldBe(InboundKind.Answer);
    }

    [Theory]
    [InlineData("List-Unsubscribe", "<mailto:off@vendor.example>")]
    [InlineData("Precedence", "list")]
    public void A_stop_that_comes_through_a_list_counts_when_it_answers_our_mail(string header, string value)
    {
        InboundReader.Read(Replies.To(Request).Header(header, value).Text("中止してください。")).Kind.ShouldBe(InboundKind.Stop);
        InboundReader.Read(Replies.To(Request).WithoutThread().Header(header, value).Subject("セール中止").Text("中止")).Kind.ShouldBe(InboundKind.Other);
    }

    [Fact]
    public void A_person_who_answers_or_quotes_an_auto_reply_is_a_person()
    {
        InboundReader.Read(Replies.To(Request).Subject("Re: 【自動返信】お問い合わせ").Text("中止してください。")).Kind.ShouldBe(InboundKind.Stop);
        InboundReader.Read(Replies.To(Request).Text("承知しました。\n> このメールは自動返信です。")).Kind.ShouldBe(InboundKind.Answer);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_mail_of_ours_sent_back_with_thanks_is_a_stop(string name)
    {
        var mail = MailCases.Compose(name);
        foreach (var quotation in new[] { Replies.Marked(mail.Text), $"-----Original Message-----\n{mail.Text}", $"2026/11/17 10:00、A <a@b.example>:\n{mail.Text}" })
        {
            var read = InboundReader.Read(Replies.To(mail).Text($"承知しました。\n\n{quotation}"));
            read.Kind.ShouldBe(InboundKind.Answer);
            read.Reference.ShouldBe(mail.Reference);
        }

        var html = InboundReader.Read(Replies.To(mail).Html($"<p>承知しました。</p><blockquote>{mail.Html}</blockquote>"));
        html.Kind.ShouldBe(InboundKind.Answer);
        html.Text.ShouldBe("承知しました。");
    }

    [Theory]
    [InlineData("SilenceRequest")]
    [InlineData("ScanStarted.vendor")]
    [InlineData("SameDayRequest.hospital")]
    public void How_to_stop_is_no_stop_where_a_client_quotes_html_without_marking_it(string name)
    {
        var mail = MailCases.Compose(name);
        InboundReader.Read(Replies.To(mail).Html($"<p>承知しました。</p>{mail.Html}")).Kind.ShouldBe(InboundKind.Answer);
        InboundReader.Read(Replies.To(mail).Text($"承知しました。\n{mail.Text}")).Kind.ShouldBe(InboundKind.Answer);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_large_text_of_hostile_lines_is_read_in_good_time()
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var line in new[] { "On 1 a@b.example\n", "From: x\n", ">>>>>>>>\n", "【回線 L1】回答：\n", "【回線 ", "<a", "On ", "--- original " })
            InboundReader.Read(Replies.To(Request).Text(string.Concat(Enumerable.Repeat(line, 500_000 / line.Length))));
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_stop_in_the_subject_of_a_new_mail_counts_and_in_that_of_a_reply_does_not()
    {
        InboundReader.Read(Replies.To(Request).WithoutThread().Subject("中止してください").Text("")).Kind.ShouldBe(InboundKind.Stop);
        var cancelled = MailCases.Compose("Cancelled.vendor");
        InboundReader.Read(Replies.To(cancelled).Text("承知しました。")).Kind.ShouldBe(InboundKind.Answer);
        InboundReader.Read(Replies.To(cancelled).WithoutThread().Subject("Fwd: " + cancelled.Subject).Text("転送します。")).Kind.ShouldBe(InboundKind.Answer);
    }

    [Theory]
    [InlineData("Re: [VD-000123-SIL] 件名", "VD-000123-SIL")]
    [InlineData("Re: ［ＶＤ－０００１２３－ＳＩＬ］件名", "VD-000123-SIL")]
    [InlineData("RE: vd-000123-sil の件", "VD-000123-SIL")]
    [InlineData("Re: [VD-1234567-VAL] 件名", "VD-1234567-VAL")]
    [InlineData("Re: [VD-000123-XYZ] 件名", null)]
    [InlineData("Re: [AVD-000123-SIL] 件名", null)]
    public void A_reference_in_the_subject_is_read_in_any_width(string subject, string? reference) =>
        InboundReader.Read(Replies.To(Request).WithoutThread().Subject(subject).Text("了解です。")).Reference.ShouldBe(reference);

    [Fact]
    public void What_it_answers_comes_before_its_subject()
    {
        var mail = InboundReader.Read(Replies.To(Request).Subject("Re: [VD-000999-VAL] 別の件").Text("了解です。"));
        (mail.Reference, mail.AnsweredMessageId).ShouldBe(("VD-000123-SIL", Request.MessageId));
    }

    [Theory]
    [InlineData("Auto-Submitted", "auto-replied")]
    [InlineData("Auto-Submitted", "auto-generated")]
    [InlineData("X-Autoreply", "yes")]
    [InlineData("Precedence", "auto_reply")]
    [InlineData("Precedence", "junk")]
    [InlineData("Return-Path", "<>")]
    public void A_program_that_says_so_is_an_auto_reply_even_with_a_stop_in_it(string header, string value) =>
        InboundReader.Read(Replies.To(Request).Header(header, value).Text("本日の業務は中止です。")).Kind.ShouldBe(InboundKind.AutoReply);

    [Theory]
    [InlineData("【自動返信】お問い合わせありがとうございます", "担当者より折り返しご連絡いたします。")]
    [InlineData("不在のお知らせ Re: [VD-000123-SIL]", "11月24日まで不在にしております。")]
    [InlineData("Out of Office: Re: [VD-000123-SIL]", "I am away.")]
    [InlineData("お問い合わせ受付", "このメールは自動的に送信されています。")]
    public void Auto_replies_without_a_header_are_told_by_their_words(string subject, string text) =>
        InboundReader.Read(Replies.To(Request).Subject(subject).Text(text)).Kind.ShouldBe(InboundKind.AutoReply);

    [Fact]
    public void A_challenge_is_other() =>
        InboundReader.Read(Replies.To(Request).Header("Auto-Submitted", "auto-replied").Subject("Please confirm your message").Text("Click the link to have your message delivered.")).Kind.ShouldBe(InboundKind.Other);

    [Theory]
    [InlineData("failed", "5.1.1", InboundKind.Bounce)]
    [InlineData("failed", "4.2.2", InboundKind.Bounce)]
    [InlineData("Delayed (for 4 hours)", "4.4.7", InboundKind.Delayed)]
    [InlineData("delivered", "2.0.0", InboundKind.Other)]
    [InlineData("relayed", "2.0.0", InboundKind.Other)]
    [InlineData("expanded", "2.0.0", InboundKind.Other)]
    public void A_delivery_report_is_told_by_its_action(string action, string status, InboundKind kind)
    {
        var mail = InboundReader.Read(Report($"Reporting-MTA: dns; mx.example\r\nOriginal-Envelope-Id: {Request.MessageId}\r\n\r\nFinal-Recipient: rfc822; tanto@vendor.example\r\nAction: {action}\r\nStatus: {status} (words)\r\n"));
        mail.Kind.ShouldBe(kind);
        mail.Reference.ShouldBe("VD-000123-SIL");
        if (kind is InboundKind.Other) return;
        (mail.Recipient, mail.Status).ShouldBe(("tanto@vendor.example", status));
    }

    [Fact]
    public void Of_several_recipients_the_first_failed_one_counts()
    {
        const string report = "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a@x.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
            + "Final-Recipient: rfc822; b@x.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\nFinal-Recipient: rfc822; <c@x.example>\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
            + "Final-Recipient: rfc822; d@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n";
        var mail = InboundReader.Read(Report(report));
        (mail.Kind, mail.Recipient, mail.Status).ShouldBe((InboundKind.Bounce, "c@x.example", "5.2.2"));
    }

    [Theory]
    [InlineData("REPLY", InboundKind.CalendarReply)]
    [InlineData("COUNTER", InboundKind.CalendarReply)]
    [InlineData("REQUEST", InboundKind.Other)]
    [InlineData("CANCEL", InboundKind.Other)]
    public void Calendar_mails_are_told_by_their_method(string method, InboundKind kind)
    {
        var calendar = Request.Calendars[0].Text.Replace("METHOD:REQUEST", $"METHOD:{method}", StringComparison.Ordinal);
        var withParameter = new TextPart("calendar") { Text = calendar };
        withParameter.ContentType.Parameters.Add("method", method);
        foreach (var part in new[] { withParameter, new TextPart("calendar") { Text = calendar } })
        {
            var mail = InboundReader.Read(Replies.To(Request).WithoutThread().Subject("承諾: 予定").Raw(new Multipart("mixed") { new TextPart("plain") { Text = "予定です。" }, part }));
            mail.Kind.ShouldBe(kind);
            mail.Reference.ShouldBe("VD-000123-SIL");
        }
    }

    [Fact]
    public void A_stop_in_the_comment_of_a_calendar_answer_counts()
    {
        var calendar = new TextPart("calendar") { Text = Request.Calendars[0].Text.Replace("METHOD:REQUEST", "METHOD:REPLY", StringComparison.Ordinal) };
        InboundReader.Read(Replies.To(Request).WithoutThread().Subject("辞退: 予定").Raw(new Multipart("mixed") { new TextPart("plain") { Text = "中止してください。" }, calendar }))
            .Kind.ShouldBe(InboundKind.Stop);
    }

    [Fact]
    public void A_reply_that_carries_our_invitation_back_is_judged_by_its_text()
    {
        var invitation = new TextPart("calendar") { Text = Request.Calendars[0].Text };
        invitation.ContentType.Parameters.Add("method", "REQUEST");
        InboundReader.Read(Replies.To(Request).Raw(new Multipart("mixed") { new TextPart("plain") { Text = "【全回線】回答：承諾" }, invitation }))
            .Form!.AllLines!.Words.ShouldBe("承諾");
    }

    [Fact]
    public void A_mail_out_of_the_blue_is_other() =>
        InboundReader.Read(Replies.To(Request).WithoutThread().Subject("お知らせ").Text("新製品のご案内です。")).Kind.ShouldBe(InboundKind.Other);

    [Fact]
    public void A_text_without_any_header_is_shown()
    {
        var mail = InboundReader.Read(Encoding.UTF8.GetBytes("\nただの文です。\n"));
        mail.Kind.ShouldBe(InboundKind.Other);
    }

    public static TheoryData<string> Cases => MailCases.Names;

    private static byte[] Report(string report)
    {
        var body = new Multipart("report") { new TextPart("plain") { Text = "This is the mail system." }, new MimePart("message", "delivery-status") { Content = new MimeContent(new MemoryStream(Encoding.ASCII.GetBytes(report))) } };
        body.ContentType.Parameters.Add("report-type", "delivery-status");
        return Replies.To(Request).WithoutThread().From("MAILER-DAEMON@mx.example").Subject("Undelivered Mail Returned to Sender").Raw(body);
    }
}
