using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

/// <summary>What vendors' calendars are told along the life of an engagement.</summary>
public sealed class InvitationStepTests
{
    private static readonly Line Quiet = Monitored(FixedLine());
    private static readonly Invitation First = new() { VendorMail = Quiet.Vendors[0].Mail, Number = 1, Window = FirstNight };
    private static readonly Invitation Second = First with { Number = 2, Window = SecondNight };

    [Fact]
    public void Silence_is_asked_with_an_invitation_to_every_window()
    {
        var asked = Decide(Standing(EngagementState.AwaitingSilence, [FirstNight, SecondNight]));
        var order = Mail(asked, MailKind.SilenceRequest);
        order.Calendar.ShouldBe([First, Second]);
        asked.Facts.Invitations.ShouldBe([First, Second]);

        var again = Decide(Standing(EngagementState.AwaitingSilence, [FirstNight, SecondNight], First, Second));
        again.Facts.Invitations.ShouldBe([First, Second], "asking a second time changes nothing");
        Mail(again, MailKind.SilenceRequest).Key.ShouldBe(order.Key);
    }

    [Fact]
    public void A_round_with_fewer_windows_takes_the_surplus_out_of_the_calendar()
    {
        var night = Night(14);
        var asked = Decide(Standing(EngagementState.AwaitingSilence, [night], First, Second));
        Mail(asked, MailKind.SilenceRequest).Calendar.ShouldBe([First with { Window = night, Sequence = 1 }, Second with { Sequence = 1, Withdrawn = true }]);
        Mails(asked).ShouldNotContain(MailKind.SilenceWithdrawn, "one mail says all of it");
    }

    [Fact]
    public void A_cancelled_engagement_withdraws_the_event_of_a_vendor_that_the_answers_no_longer_name()
    {
        var gone = new Invitation { VendorMail = "gone@vendor.example", Number = 1, Window = FirstNight };
        var result = Decide(new EngagementBuilder
        {
            State = EngagementState.Cancelled,
            Seen = EngagementState.Scheduling,
            Lines = [Monitored(FixedLine())],
            Facts = facts => facts with { Windows = [FirstNight], SilenceRound = 1, Invitations = [gone] },
        });
        var order = result.Effects.OfType<SendMail>().Select(static mail => mail.Order).Single(order => order.To.Mail == gone.VendorMail);
        order.Calendar.ShouldBe([gone with { Sequence = 1, Withdrawn = true }]);
    }

    [Fact]
    public void Postponed_without_another_date_the_events_are_withdrawn_once()
    {
        var postponed = Standing(EngagementState.Scheduling, [FirstNight], First) with { Seen = EngagementState.Ready, Candidates = [FirstNight] };
        var result = Decide(postponed);
        result.Move.ShouldBeNull();
        var order = Mail(result, MailKind.SilenceWithdrawn);
        order.Calendar.ShouldBe([First with { Sequence = 1, Withdrawn = true }]);
        order.Questions.ShouldBeEmpty();
        order.To.Mail.ShouldBe(First.VendorMail);
        Mails(Decide(postponed with { Seen = EngagementState.Scheduling, Facts = _ => result.Facts })).ShouldNotContain(MailKind.SilenceWithdrawn);
    }

    [Fact]
    public void Postponed_to_another_candidate_the_event_is_moved_by_the_next_request_alone()
    {
        var postponed = Decide(Standing(EngagementState.Scheduling, [FirstNight], First) with { Seen = EngagementState.Ready });
        postponed.Move.ShouldBe(Trigger.WindowFixed);
        Mails(postponed).ShouldNotContain(MailKind.SilenceWithdrawn);
        Mail(Decide(Standing(EngagementState.AwaitingSilence, [SecondNight], First)), MailKind.SilenceRequest).Calendar.ShouldBe([First with { Window = SecondNight, Sequence = 1 }]);
    }

    [Theory]
    [InlineData(EngagementState.Ready)]
    [InlineData(EngagementState.Suspended)]
    public void A_vendor_whose_lines_are_all_deferred_is_told_and_the_others_are_not(EngagementState state)
    {
        var other = Monitored(FixedLine("L2")) with { Vendors = [new Vendor(VendorRole.Circuit, "回線会社", "", "line@example.com")] };
        var theirs = First with { VendorMail = "line@example.com" };
        var builder = Standing(state, [FirstNight], First, theirs) with { Lines = [Quiet, other] };
        var facts = builder.Facts;
        var deferred = builder with
        {
            Facts = record => facts(record) with
            {
                Lines = [new LineFacts { Id = Quiet.Id, Deferred = true, DeferredReason = "機器更改のため" }],
                Vendors = [.. record.Vendors, Accepted(other)],
            },
        };
        Mail(Decide(deferred), MailKind.SilenceWithdrawn).To.Mail.ShouldBe(First.VendorMail);
    }

    [Fact]
    public void Windows_that_were_not_needed_any_more_are_withdrawn_after_the_last_scan()
    {
        var ended = Decide(Standing(EngagementState.Analysis, [FirstNight, SecondNight], First, Second), At(FirstNight.End.AddHours(1)));
        Mail(ended, MailKind.SilenceWithdrawn).Calendar.ShouldBe([Second with { Sequence = 1, Withdrawn = true }]);
    }

    private static EngagementBuilder Standing(EngagementState state, IReadOnlyList<Period> windows, params Invitation[] held) => new()
    {
        State = state,
        Lines = [Quiet],
        Facts = facts => facts with { Windows = windows, UsedWindowsHash = FactHash.OfWindows(windows), SilenceRound = 1, Invitations = held },
    };

    private static VendorFacts Accepted(Line line) => new()
    {
        Question = VendorQuestion.Silence, Line = line.Id, VendorMail = line.Vendors[0].Mail, AboutHash = FactHash.OfSilence(line, [FirstNight]), Reply = VendorReply.Yes,
    };

    private static StepResult Decide(EngagementBuilder builder, StepContext? context = null) => StepCatalogue.Find(builder.State)!.Decide(builder.Build(), context ?? At(Tuesday));

    private static List<MailKind> Mails(StepResult result) => [.. result.Effects.OfType<SendMail>().Select(static mail => mail.Order.Kind)];

    private static MailOrder Mail(StepResult result, MailKind kind) => result.Effects.OfType<SendMail>().Single(mail => mail.Order.Kind == kind).Order;
}
