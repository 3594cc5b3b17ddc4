using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Forms;
using VulnDiag.Mail.Support;

namespace VulnDiag.Mail.Incoming;

public sealed class ReplyMatcherTests
{
    private static readonly AskedRequest Silence = Request(123, MailKind.SilenceRequest, Samples.VendorMail, "1", "L1", "L2");
    private static readonly AskedRequest Validity = Request(123, MailKind.ValidityRequest, Samples.VendorMail, "1", "L1");
    private static readonly AskedRequest Elsewhere = Request(456, MailKind.SilenceRequest, Samples.VendorMail, "1", "L7");
    private static readonly AskedRequest Others = Request(123, MailKind.SilenceRequest, "other@vendor.example", "1", "L3");
    private static readonly IReadOnlyList<AskedRequest> Asked = [Validity, Silence, Elsewhere, Others];

    [Fact]
    public void An_answer_is_the_asked_addresses_alone()
    {
        var stranger = Answer(Silence) with { From = "stranger@vendor.example" };
        ReplyMatcher.Match(stranger, Asked).ShouldBe(new ReplyProposal.NotAsked(NotAskedReason.SenderNotAsked, Silence));
        ReplyMatcher.Match(stranger with { From = "" }, Asked).ShouldBeOfType<ReplyProposal.NotAsked>();
        ReplyMatcher.Match(Answer(Silence) with { From = "TANTO@vendor.example" }, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
    }

    [Fact]
    public void An_answer_to_somebody_elses_request_counts_for_the_senders_own()
    {
        var proposal = ReplyMatcher.Match(Answer(Others) with { From = Samples.VendorMail }, Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        proposal.Request.ShouldBe(Silence);
        proposal.Certain.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_request_that_it_names_an_answer_moves_nothing()
    {
        var loose = Answer(Silence) with { AnsweredMessageId = null, Reference = null };
        ReplyMatcher.Match(loose, Asked).ShouldBe(new ReplyProposal.NotAsked(NotAskedReason.NoRequest, null));
        ReplyMatcher.Match(loose with { Reference = "VD-000999-SIL" }, Asked).ShouldBeOfType<ReplyProposal.NotAsked>();
    }

    [Fact]
    public void A_reference_in_the_subject_finds_the_newest_request_to_the_sender()
    {
        var second = Request(123, MailKind.SilenceRequest, Samples.VendorMail, "2", "L1");
        var proposal = ReplyMatcher.Match(Answer(Silence) with { AnsweredMessageId = null }, [.. Asked, second]);
        proposal.ShouldBeOfType<ReplyProposal.ProposedAnswer>().Request.ShouldBe(second);
    }

    [Fact]
    public void An_answer_carries_what_its_own_request_was_about_and_not_what_was_asked_since()
    {
        var second = Request(123, MailKind.SilenceRequest, Samples.VendorMail, "2", "L1", "L2");
        var late = ReplyMatcher.Match(Answer(Silence), [.. Asked, second]).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        late.Lines.Select(static line => line.AboutHash).ShouldBe(["about-L1-1", "about-L2-1"]);
        late.Certain.ShouldBeTrue();
        var unnamed = ReplyMatcher.Match(Answer(Silence) with { AnsweredMessageId = null }, [.. Asked, second]).ShouldBeOfType<ReplyProposal.ProposedAnswer>();
        unnamed.Certain.ShouldBeFalse("it does not say which of the two it answers");
    }

    [Fact]
    public void A_request_that_is_known_by_itself_goes_before_what_was_learned_of_the_same_mail()
    {
        var learned = Silence with { MessageId = $"{Silence.MessageId}/123", CarriedBy = Silence.MessageId, Questions = [] };
        ReplyMatcher.Match(Answer(Silence), [Silence, learned]).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Request.ShouldBe(Silence);
        ReplyMatcher.Match(Answer(Silence), [learned]).ShouldBe(new ReplyProposal.Attached(learned));
    }

    [Fact]
    public void An_answer_to_an_open_question_asked_twice_in_the_same_words_is_certain()
    {
        var reminder = Silence with { MessageId = "vd.000123.SIL.reminder@operator.example" };
        ReplyMatcher.Match(Answer(Silence) with { AnsweredMessageId = null }, [.. Asked, reminder]).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Certain.ShouldBeTrue();
    }

    [Fact]
    public void An_answer_to_a_request_that_is_no_longer_open_is_looked_at_by_a_person()
    {
        var superseded = Request(123, MailKind.SilenceRequest, Samples.VendorMail, "0", "L1", "L2");
        ReplyMatcher.Match(Answer(superseded), Asked).ShouldBeOfType<ReplyProposal.ProposedAnswer>().Certain.ShouldBeFalse();
    }

    [Fact]
    public void Free_text_and_mails_without_a_form_are_attached()
    {
        ReplyMatcher.Match(Answer(Silence) with { Form = null }, Asked).ShouldBe(new ReplyProposal.Attached(Silence));
        ReplyMatcher.Match(Answer(Silence) with { Kind = InboundKind.AutoReply }, Asked).ShouldBe(new ReplyProposal.Attached(Silence));
        var meeting = Request(123, MailKind.MeetingRequest, Samples.VendorMail, "1", "L1");
        ReplyMatcher.Match(Answer(meeting), [meeting]).ShouldBe(new ReplyProposal.Attached(meeting));
    }

    [Fact]
    public void A_bounce_names_the_request_by_what_it_returns_or_by_its_recipient()
    {
        var bounce = new InboundMail { Kind = InboundKind.Bounce, From = "mailer-daemon@mx.example", Recipient = "other@vendor.example" };
        ReplyMatcher.Match(bounce, Asked).ShouldBe(new ReplyProposal.Undelivered(Others, ForGood: true));
        ReplyMatcher.Match(bounce with { Kind = InboundKind.Delayed, AnsweredMessageId = Silence.MessageId }, Asked).ShouldBe(new ReplyProposal.Undelivered(Silence, ForGood: false));
        ReplyMatcher.Match(bounce with { Recipient = "nobody@x.example" }, Asked).ShouldBeOfType<ReplyProposal.NotAsked>();
    }

    [Fact]
    public void A_stop_is_about_the_lines_that_its_sender_was_asked_about_in_the_engagement_that_it_names()
    {
        var stop = ReplyMatcher.Match(Stop(Samples.VendorMail, "VD-000123-SIL"), Asked).ShouldBeOfType<ReplyProposal.StopRequested>();
        var target = stop.Targets.ShouldHaveSingleItem();
        target.Engagement.ShouldBe(new EngagementId(123));
        target.Lines.ShouldBe([new("L1"), new("L2")]);
        stop.Words.ShouldBe("中止してください");
    }

    [Fact]
    public void A_stop_that_names_nothing_is_about_all_that_its_sender_was_asked_about()
    {
        var stop = ReplyMatcher.Match(Stop(Samples.VendorMail, reference: null), Asked).ShouldBeOfType<ReplyProposal.StopRequested>();
        stop.Targets.Select(static target => target.Engagement.Value).ShouldBe([123, 456], ignoreOrder: true);
    }

    [Fact]
    public void A_stop_from_somebody_who_was_asked_about_no_particular_line_is_about_all()
    {
        var hospital = Request(123, MailKind.DatesFixed, "jimu@hospital.example", "1");
        var stop = ReplyMatcher.Match(Stop("jimu@hospital.example", "VD-000123-DAT"), [.. Asked, hospital]).ShouldBeOfType<ReplyProposal.StopRequested>();
        stop.Targets.ShouldHaveSingleItem().Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stranger@x.example", "VD-000123-SIL")]
    [InlineData("other@vendor.example", "VD-000456-SIL")]
    [InlineData("", null)]
    public void A_stop_from_somebody_who_was_not_asked_stops_nothing(string from, string? reference) =>
        ReplyMatcher.Match(Stop(from, reference), Asked).ShouldBeOfType<ReplyProposal.NotAsked>();

    [Fact]
    public void A_reminder_asks_what_its_request_asked()
    {
        var order = MailCases.All["Reminder.silence"];
        var asked = AskedRequest.Of(Samples.Engagement.Id, order, Samples.Texts);
        var mail = MailCases.Compose("Reminder.silence");
        (asked.Kind, asked.Reference, asked.MessageId).ShouldBe((MailKind.SilenceRequest, "VD-000123-SIL", mail.MessageId));
    }

    private static InboundMail Answer(AskedRequest request) => new()
    {
        Kind = InboundKind.Answer,
        From = request.Address,
        Reference = request.Reference,
        AnsweredMessageId = request.MessageId,
        Form = new FormAnswer { AllLines = new FormEntry("", VendorReply.Yes, "承諾", "", Certain: true) },
    };

    private static InboundMail Stop(string from, string? reference) =>
        new() { Kind = InboundKind.Stop, From = from, Reference = reference, Text = "中止してください" };

    private static AskedRequest Request(long engagement, MailKind kind, string address, string about, params string[] lines) => AskedRequest.Of(
        new EngagementId(engagement),
        new MailOrder
        {
            Kind = kind,
            Key = $"{engagement}:{kind.Code()}:{address}:{about}",
            To = Samples.Vendor with { Mail = address },
            Lines = [.. lines.Select(static line => new LineId(line))],
            Questions = kind is MailKind.SilenceRequest or MailKind.ValidityRequest ? [.. lines.Select(line => new LineQuestion(new LineId(line), $"about-{line}-{about}"))] : [],
        },
        Samples.Texts);
}
