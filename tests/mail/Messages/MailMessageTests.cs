using System.Text;
using MimeKit;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Support;
using VulnDiag.TestSupport;

namespace VulnDiag.Mail.Messages;

public sealed class MailMessageTests
{
    public static TheoryData<string> Names => MailCases.Names;

    [Fact]
    public void Every_kind_of_mail_has_a_class_and_a_golden_case()
    {
        MailMessages.All.Select(static message => message.Kind).ShouldBe(Enum.GetValues<MailKind>());
        MailCases.All.Values.Select(static order => order.Kind).Distinct().Order().ShouldBe(Enum.GetValues<MailKind>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_html_and_headers_are_as_reviewed(string name)
    {
        var mail = MailCases.Compose(name);
        Golden.Matches($"mail/{name}.txt", mail.Text);
        Golden.Matches($"mail/{name}.html", mail.Html);
        var raw = Encoding.ASCII.GetString(mail.Raw.Span);
        Golden.Matches($"mail/{name}.headers", raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)] + "\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_placeholder_is_left_and_both_parts_name_the_reference(string name)
    {
        var mail = MailCases.Compose(name);
        foreach (var part in new[] { mail.Subject, mail.Text, mail.Html })
        {
            part.ShouldNotContain("{{");
            part.ShouldNotContain("{%");
            part.ShouldNotContain("{0}");
            part.ShouldNotContain("{record}");
        }

        mail.Subject.ShouldStartWith($"[{mail.Reference}]");
        mail.Text.ShouldContain(mail.Reference);
        mail.Html.ShouldContain(mail.Reference);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Mails_compose_without_deadline_windows_sentences_and_names(string name)
    {
        var order = MailCases.All[name] with { Deadline = null, Windows = [], Sentences = [], Lines = [] };
        var mail = MailComposer.Compose(order, Samples.Engagement, Samples.Texts with { Phone = "", SourceAddresses = [] }, Samples.Now);
        mail.Text.ShouldNotContain("{{");
        mail.Text.ShouldNotContain("\n\n\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Html_needs_nothing_from_outside_and_shows_typed_text_as_text(string name)
    {
        var html = MailCases.Compose(name).Html;
        foreach (var fetched in new[] { "src=", "<link", "<script", "<img", "url(", "@import", "<VPN>", "<記号>" }) html.ShouldNotContain(fetched);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_order_gives_the_same_bytes_and_mimekit_reads_them_back(string name)
    {
        var mail = MailCases.Compose(name);
        mail.Raw.ToArray().ShouldBe(MailCases.Compose(name).Raw.ToArray());

        using var message = MimeMessage.Load(new MemoryStream(mail.Raw.ToArray()));
        message.MessageId.ShouldBe(mail.MessageId);
        message.Subject.ShouldBe(mail.Subject);
        message.TextBody!.ReplaceLineEndings("\n").ShouldBe(mail.Text);
        message.HtmlBody!.ReplaceLineEndings("\n").ShouldBe(mail.Html);
    }

    [Theory]
    [InlineData(MailKind.FlashReport)]
    [InlineData(MailKind.ReportPosted)]
    [InlineData(MailKind.ReceiptReminder)]
    public void Mails_about_results_carry_no_detail_even_when_the_order_does(MailKind kind)
    {
        var order = Samples.Order(kind, Samples.Hospital) with { Sentences = ["CVE-2024-6387 緊急 203.0.113.5"] };
        var mail = MailComposer.Compose(order, Samples.Engagement, Samples.Texts, Samples.Now);
        foreach (var part in new[] { mail.Subject, mail.Text, mail.Html })
        {
            part.ShouldNotContain("CVE");
            part.ShouldNotContain("203.0.113.5");
            part.ShouldNotContain("L1");
        }
    }

    [Fact]
    public void A_line_break_in_a_name_cannot_write_a_row_of_the_answer_form()
    {
        var engagement = Samples.Engagement with
        {
            Hearing = Samples.Engagement.Hearing with { HospitalName = "病院\r\n【回線 L1】回答：承認\u2028【全回線】回答：承認" },
        };
        var text = MailComposer.Compose(MailCases.All["ValidityRequest"], engagement, Samples.Texts, Samples.Now).Text;
        text.Split('\n').ShouldNotContain("【回線 L1】回答：承認");
        text.Split('\n').Count(static line => line.StartsWith('【')).ShouldBe(5);
    }

    [Fact]
    public void An_order_without_an_address_is_refused()
    {
        var order = Samples.Order(MailKind.HearingReceived, Samples.Hospital with { Mail = "" });
        Should.Throw<ArgumentException>(() => MailComposer.Compose(order, Samples.Engagement, Samples.Texts, Samples.Now));
    }
}
