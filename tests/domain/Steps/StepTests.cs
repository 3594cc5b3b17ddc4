using System.Net;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

public sealed class StepTests
{
    private static readonly LineId L1 = new("L1");

    private static StepResult Decide(EngagementBuilder builder, StepContext? context = null) =>
        StepCatalogue.Find(builder.State)!.Decide(builder.Build(), context ?? At(Tuesday));

    private static List<MailKind> Mails(StepResult result) =>
        [.. result.Effects.OfType<SendMail>().Select(static mail => mail.Order.Kind)];

    private static VendorFacts Answer(VendorQuestion question, Line line, IReadOnlyList<Period> windows, VendorReply? reply, string remark = "") => new()
    {
        Question = question,
        Line = line.Id,
        VendorMail = line.Vendors[0].Mail,
        AboutHash = question is VendorQuestion.Silence ? FactHash.OfSilence(line, windows) : FactHash.OfReview(line, new EngagementBuilder().Build().Hearing),
        Reply = reply,
        Remark = remark,
    };

    [Fact]
    public void A_received_hearing_is_acknowledged_only_when_the_hospital_sent_it()
    {
        var submitted = new EngagementBuilder { Lines = [FixedLine()], Seen = EngagementState.HearingOpen };
        Mails(Decide(submitted)).ShouldBe([MailKind.HearingReceived]);
        Mails(Decide(submitted with { Seen = EngagementState.AwaitingMeeting })).ShouldBeEmpty();
    }

    [Fact]
    public void Faults_come_before_meetings_and_meetings_before_vendors()
    {
        var fault = new HearingFault("address-private", L1, "グローバルIPアドレス", "回線「L1」のグローバルIPアドレスをご確認ください。");
        var builder = new EngagementBuilder { Lines = [FixedLine(), MeetingLine("L2")], Faults = [fault] };
        var faulty = Decide(builder);
        faulty.Move.ShouldBe(Trigger.HearingFaulty);
        faulty.Facts.NoticeToHospital.ShouldBe(fault.SentenceJa);
        Decide(builder with { Faults = [] }).Move.ShouldBe(Trigger.MeetingNeeded);
        Decide(builder with { Faults = [], Lines = [FixedLine()] }).Move.ShouldBe(Trigger.TriagePassed);
        Decide(builder with { Faults = [], Lines = [ClosedLine()] }).Move.ShouldBe(Trigger.NoLineLeft);
    }

    [Fact]
    public void A_line_left_out_keeps_its_row_and_its_reason()
    {
        var row = Decide(new EngagementBuilder { Lines = [ClosedLine(), FixedLine("L2")] }).Facts.Of(L1);
        row.Triage!.No.ShouldBe(17);
        row.Outcome.ShouldBe(LineOutcome.OutOfScope);
        row.OutcomeReason.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_meeting_outcome_holds_for_the_answers_it_was_about_and_no_others()
    {
        var builder = new EngagementBuilder { State = EngagementState.AwaitingMeeting, Lines = [MeetingLine()] };
        Decide(builder).Move.ShouldBeNull();
        var recorded = builder with { Facts = static facts => facts.With(new LineFacts { Id = L1, Meeting = MeetingOutcome.Feasible }) };
        var bound = Decide(recorded);
        bound.Move.ShouldBe(Trigger.MeetingsHeld);
        var row = bound.Facts.Of(L1);
        row.MeetingHash.ShouldBe(AnswersHash.OfLine(MeetingLine()));

        var changed = builder with { State = EngagementState.HearingReceived, Lines = [MeetingLine() with { Model = "別の機器" }], Facts = facts => facts.With(row) };
        var again = Decide(changed);
        again.Move.ShouldBe(Trigger.MeetingNeeded);
        again.Facts.Of(L1).Meeting.ShouldBeNull("the answers it was about are gone");
    }

    [Fact]
    public void An_unknown_global_ip_is_not_cleared_up_by_a_button_alone()
    {
        var builder = new EngagementBuilder
        {
            State = EngagementState.AwaitingMeeting,
            Lines = [UnknownLine()],
            Facts = static facts => facts.With(new LineFacts { Id = L1, Meeting = MeetingOutcome.Feasible }),
        };
        var result = Decide(builder);
        result.Move.ShouldBeNull();
        result.Facts.NoticeToStaff.ShouldContain("グローバルIP");
        Decide(builder with { Facts = static facts => facts.With(new LineFacts { Id = L1, Meeting = MeetingOutcome.NotFeasible }) }).Move.ShouldBe(Trigger.NoLineLeft);
    }

    [Fact]
    public void A_fixed_line_needs_an_address_however_the_meeting_ended()
    {
        var line = MeetingLine() with { AddressProvided = Provided.No, Address = null };
        Decide(new EngagementBuilder
        {
            State = EngagementState.AwaitingMeeting,
            Lines = [line],
            Facts = static facts => facts.With(new LineFacts { Id = L1, Meeting = MeetingOutcome.Feasible }),
        }).Move.ShouldBeNull();
    }

    [Fact]
    public void Each_vendor_is_asked_by_one_mail_however_many_lines_it_has()
    {
        var result = Decide(new EngagementBuilder { State = EngagementState.VendorReview, Lines = [FixedLine(), FixedLine("L2")] });
        var order = result.Effects.OfType<SendMail>().Single().Order;
        order.Kind.ShouldBe(MailKind.ValidityRequest);
        order.Lines.ShouldBe([L1, new LineId("L2")]);
        order.Deadline.ShouldNotBeNull();
        result.Facts.Vendors.Count.ShouldBe(2);
        result.Move.ShouldBeNull();
    }

    [Fact]
    public void A_vendor_that_answered_for_one_of_its_lines_is_not_asked_again_for_the_other()
    {
        var builder = new EngagementBuilder { State = EngagementState.VendorReview, Lines = [FixedLine(), FixedLine("L2")] };
        var asked = Decide(builder);
        var partly = Decide(builder with { Facts = _ => asked.Facts with { Vendors = [asked.Facts.Vendors[0] with { Reply = VendorReply.Yes }, asked.Facts.Vendors[1]] } });
        partly.Move.ShouldBeNull();
        partly.Effects.Select(static effect => effect.Key).ShouldBe(asked.Effects.Select(static effect => effect.Key));
    }

    [Fact]
    public void An_approval_is_bound_to_the_line_and_an_objection_goes_back_to_the_hospital()
    {
        var line = FixedLine();
        EngagementBuilder With(VendorReply reply, Line about) => new()
        {
            State = EngagementState.VendorReview,
            Lines = [line],
            Facts = facts => facts with { Vendors = [Answer(VendorQuestion.Validity, about, [], reply, "機器が違います。")] },
        };

        Decide(With(VendorReply.Yes, line)).Move.ShouldBe(Trigger.VendorsApproved);
        Decide(With(VendorReply.Yes, line with { Address = IPAddress.Parse("8.8.4.4") })).Move.ShouldBeNull("it approved another address");
        var objected = Decide(With(VendorReply.No, line));
        objected.Move.ShouldBe(Trigger.VendorObjected);
        objected.Facts.NoticeToHospital.ShouldEndWith("（機器が違います）。", Case.Sensitive, "the remark's own full stop does not stand beside the sentence's");
        Decide(With(VendorReply.No, line) with { State = EngagementState.HearingIncomplete }).Move.ShouldBeNull("the objection stands until something changes");
    }

    [Fact]
    public void An_approval_is_about_the_candidate_dates_too_but_not_about_which_of_them_is_fixed()
    {
        var builder = new EngagementBuilder { State = EngagementState.VendorReview, Lines = [FixedLine()] };
        var asked = Decide(builder);
        var request = asked.Effects.OfType<SendMail>().Single().Order;
        request.Windows.ShouldBe([FirstNight, SecondNight], "the dates that the vendor is asked about");
        var approved = asked.Facts with { Vendors = [asked.Facts.Vendors[0] with { Reply = VendorReply.Yes }] };
        EngagementBuilder Later(EngagementState state) => builder with { State = state, Facts = now => approved with { StateSeen = state, AnswersHash = now.AnswersHash } };

        Decide(Later(EngagementState.VendorReview)).Move.ShouldBe(Trigger.VendorsApproved);
        var scheduled = Decide(Later(EngagementState.Scheduling));
        scheduled.Move.ShouldBe(Trigger.WindowFixedWithoutSilence, "the date is one of those approved");
        scheduled.Facts.Windows.ShouldBe([FirstNight]);

        foreach (var changed in new[] { Later(EngagementState.VendorReview) with { Candidates = [FirstNight, Night(15)] }, Later(EngagementState.VendorReview) with { Avoid = [Night(20)] } })
        {
            var again = Decide(changed);
            again.Move.ShouldBeNull("it approved other dates");
            var order = again.Effects.OfType<SendMail>().Single().Order;
            order.Key.ShouldNotBe(request.Key);
            order.Questions.Single().AboutHash.ShouldNotBe(request.Questions.Single().AboutHash);
        }
    }

    [Fact]
    public void A_vendor_that_never_answers_is_reminded_and_then_escalated_once_each()
    {
        var builder = new EngagementBuilder { State = EngagementState.VendorReview, Lines = [FixedLine()] };
        var first = Decide(builder);
        first.LookAgainAt.ShouldNotBeNull();
        var keys = new List<string>();
        for (var now = Tuesday; now < Tuesday.AddDays(30); now += TimeSpan.FromHours(6))
            keys.AddRange(Decide(builder with { Facts = _ => first.Facts }, At(now)).Effects.Select(static effect => effect.Key));
        var kinds = keys.Distinct().Select(static key => key.Split('-')[2]).ToList();
        kinds.Count(static code => code == "VAL").ShouldBe(1);
        kinds.Count(static code => code == "REM").ShouldBe(2);
        kinds.Count(static code => code == "ESC").ShouldBe(1);
    }

    [Fact]
    public void A_deferred_line_no_longer_holds_up_the_others()
    {
        var line = FixedLine();
        var result = Decide(new EngagementBuilder
        {
            State = EngagementState.VendorReview,
            Lines = [line, FixedLine("L2")],
            Facts = facts => facts with
            {
                Vendors = [Answer(VendorQuestion.Validity, line, [], VendorReply.Yes)],
                Lines = [new LineFacts { Id = new LineId("L2"), Deferred = true, DeferredReason = "回答なし" }],
            },
        });
        result.Move.ShouldBe(Trigger.VendorsApproved);
        result.Facts.Of(new LineId("L2")).Outcome.ShouldBe(LineOutcome.Deferred);
    }

    [Fact]
    public void The_first_window_that_holds_the_forecast_is_fixed()
    {
        var builder = new EngagementBuilder { State = EngagementState.Scheduling, Lines = [FixedLine()] };
        var unmonitored = Decide(builder);
        unmonitored.Move.ShouldBe(Trigger.WindowFixedWithoutSilence);
        unmonitored.Facts.Windows.ShouldBe([FirstNight]);
        var monitored = Decide(builder with { Lines = [Monitored(FixedLine())] });
        monitored.Move.ShouldBe(Trigger.WindowFixed);
        monitored.Facts.SilenceRound.ShouldBe(1);
    }

    [Fact]
    public void Windows_that_are_too_short_or_too_soon_are_asked_for_again()
    {
        var builder = new EngagementBuilder { State = EngagementState.Scheduling, Lines = [FixedLine()] };
        var tooShort = new Period(FirstNight.Start, FirstNight.Start.AddMinutes(40));
        foreach (var candidates in new IReadOnlyList<Period>[] { [tooShort], [], [new Period(Tuesday.AddDays(1), Tuesday.AddDays(2))] })
        {
            var result = Decide(builder with { Candidates = candidates });
            result.Move.ShouldBeNull();
            result.Facts.Windows.ShouldBeEmpty();
            Mails(result).ShouldContain(MailKind.HearingIncomplete);
        }
    }

    [Fact]
    public void A_refused_window_is_not_proposed_again_and_after_two_rounds_the_coordinator_decides()
    {
        var line = Monitored(FixedLine());
        var asked = new EngagementBuilder
        {
            State = EngagementState.AwaitingSilence,
            Lines = [line],
            Facts = facts => facts with
            {
                Windows = [FirstNight], UsedWindowsHash = FactHash.OfWindows([FirstNight]), SilenceRound = 1,
                Vendors = [.. facts.Vendors, Answer(VendorQuestion.Silence, line, [FirstNight], VendorReply.No, "更改のため")],
            },
        };
        var refused = Decide(asked);
        refused.Move.ShouldBe(Trigger.SilenceRefused);
        refused.Facts.SentBackBecause.ShouldContain("更改のため");

        var second = Decide(asked with { State = EngagementState.Scheduling, Facts = _ => refused.Facts });
        second.Facts.Windows.ShouldBe([SecondNight]);
        second.Facts.SilenceRound.ShouldBe(2);
        var third = asked with { State = EngagementState.Scheduling, Facts = _ => second.Facts with { StateSeen = EngagementState.Scheduling } };
        Decide(third).Move.ShouldBeNull();

        var night = Night(14);
        var fixedByHand = Decide(third with { Facts = _ => second.Facts with { StateSeen = EngagementState.Scheduling, Windows = [night] } });
        fixedByHand.Move.ShouldBe(Trigger.WindowFixed);
    }

    [Fact]
    public void Silence_that_is_not_answered_when_the_window_begins_is_refused() =>
        Decide(
            new EngagementBuilder
            {
                State = EngagementState.AwaitingSilence,
                Lines = [Monitored(FixedLine())],
                Facts = static facts => facts with { Windows = [FirstNight], SilenceRound = 2, UsedWindowsHash = FactHash.OfWindows([FirstNight]) },
            },
            At(FirstNight.Start)).Move.ShouldBe(Trigger.SilenceRefused);

    [Fact]
    public void A_dynamic_line_is_asked_for_when_its_window_is_near()
    {
        var builder = new EngagementBuilder { State = EngagementState.Ready, Lines = [DynamicLine()], Facts = static facts => facts with { Windows = [FirstNight] } };
        var early = Decide(builder);
        early.Move.ShouldBeNull();
        early.LookAgainAt.ShouldBe(FirstNight.Start - TimeSpan.FromHours(12));
        Mails(early).ShouldBe([MailKind.DatesFixed]);
        Decide(builder, At(FirstNight.Start.AddHours(-1))).Move.ShouldBe(Trigger.SameDayCheckNeeded);
        Decide(builder with { Lines = [FixedLine()] }, At(FirstNight.Start.AddHours(-1))).Move.ShouldBeNull();
        Decide(builder with { Lines = [FixedLine()] }, At(FirstNight.Start)).Move.ShouldBe(Trigger.WindowOpened);
        Decide(builder with { Lines = [FixedLine()] }, At(FirstNight.End)).Move.ShouldBe(Trigger.NoWindowLeft);
    }

    [Fact]
    public void At_the_deadline_static_lines_go_on_and_the_unconfirmed_are_given_up_for_this_window()
    {
        var builder = new EngagementBuilder
        {
            State = EngagementState.SameDayCheck,
            Lines = [DynamicLine(), FixedLine("L2")],
            Facts = static facts => facts with { Windows = [FirstNight] },
        };
        Decide(builder, At(FirstNight.Start.AddHours(-2))).Move.ShouldBeNull();
        var late = Decide(builder, At(FirstNight.Start.AddMinutes(-30)));
        late.Move.ShouldBe(Trigger.SameDayCheckDone);
        late.Facts.Of(L1).GivenUpWindow.ShouldBe(FirstNight.Start);
        late.Facts.Of(L1).OutcomeReason.ShouldNotBeEmpty();
        Decide(builder with { Lines = [DynamicLine()] }, At(FirstNight.Start.AddMinutes(-30))).Move.ShouldBe(Trigger.NoLineToScan);

        var confirmed = builder with { Confirmations = [new SameDayConfirmation(L1, IPAddress.Parse("8.8.4.4"), FirstNight.Start.AddHours(-3), "担当")] };
        Decide(confirmed, At(FirstNight.Start.AddHours(-2))).Move.ShouldBe(Trigger.SameDayCheckDone);
    }

    [Fact]
    public void Only_permitted_lines_are_ordered_and_a_confirmed_address_is_the_one_scanned()
    {
        var result = Decide(new EngagementBuilder
        {
            State = EngagementState.Scanning,
            Lines = [DynamicLine(), FixedLine("L2") with { Consent = null }],
            Confirmations = [new SameDayConfirmation(L1, IPAddress.Parse("8.8.4.4"), FirstNight.Start.AddHours(-3), "担当")],
            Facts = static facts => facts with { Windows = [FirstNight] },
        }, At(FirstNight.Start.AddHours(1)));

        result.Scans.Lines.Single().Address.ShouldBe(IPAddress.Parse("8.8.4.4"));
        result.Facts.Of(new LineId("L2")).OutcomeReason.ShouldContain("同意");
        Mails(result).ShouldBe([MailKind.ScanStarted, MailKind.ScanStarted]);
    }

    [Theory]
    [InlineData(EngagementState.Ready)]
    [InlineData(EngagementState.Suspended)]
    [InlineData(EngagementState.Cancelled)]
    [InlineData(EngagementState.Analysis)]
    [InlineData(EngagementState.Scheduling)]
    public void No_state_but_scanning_orders_a_scan(EngagementState state) =>
        Decide(new EngagementBuilder { State = state, Lines = [FixedLine()], Facts = static facts => facts with { Windows = [FirstNight] } }, At(FirstNight.Start.AddHours(1)))
            .Scans.Lines.ShouldBeEmpty();

    [Fact]
    public void A_window_that_closes_before_the_end_leads_to_the_next_one_and_after_the_last_to_the_analysis()
    {
        var paused = At(FirstNight.End.AddMinutes(1)) with { Scans = [new LineScan(L1, ScanState.Paused, "window-closed", false, null)] };
        var two = new EngagementBuilder { State = EngagementState.Scanning, Lines = [FixedLine()], Facts = static facts => facts with { Windows = [FirstNight, SecondNight] } };
        Decide(two, paused).Move.ShouldBe(Trigger.WindowClosed);
        var last = Decide(two with { Facts = static facts => facts with { Windows = [FirstNight] } }, paused);
        last.Move.ShouldBe(Trigger.ScansFinished);
        last.Facts.Of(L1).OutcomeReason.ShouldNotBeEmpty();
        var running = paused with { Scans = [new LineScan(L1, ScanState.Running, "", false, null)] };
        Decide(two, running).Move.ShouldBeNull("a scan that still runs is stopped and waited for");
        Decide(two, running).Scans.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_finished_line_waits_for_its_result_to_be_saved()
    {
        var builder = new EngagementBuilder { State = EngagementState.Scanning, Lines = [FixedLine()], Facts = static facts => facts with { Windows = [FirstNight] } };
        var now = FirstNight.Start.AddHours(1);
        Decide(builder, At(now) with { Scans = [new LineScan(L1, ScanState.Complete, "", ResultSaved: false, now)] }).Move.ShouldBeNull();
        var done = Decide(builder, At(now) with { Scans = [new LineScan(L1, ScanState.Complete, "", ResultSaved: true, now)] });
        done.Move.ShouldBe(Trigger.ScansFinished);
        done.Facts.Of(L1).Outcome.ShouldBe(LineOutcome.Done);
    }

    [Fact]
    public void A_stop_mail_suspends_and_is_settled_with_the_suspension()
    {
        var at = FirstNight.Start.AddMinutes(10);
        var context = At(FirstNight.Start.AddHours(1)) with { StopRequests = [new StopRequest(at, "vendor@example.com", "中止してください")] };
        var result = Decide(new EngagementBuilder { State = EngagementState.Scanning, Lines = [FixedLine()], Facts = static facts => facts with { Windows = [FirstNight] } }, context);
        result.Move.ShouldBe(Trigger.Stop);
        result.Scans.Lines.ShouldBeEmpty();
        result.Facts.StopReason.ShouldContain("vendor@example.com");
        result.Facts.StopsHandledUntil.ShouldBe(at);
    }

    [Theory]
    [InlineData(EngagementState.VendorReview)]
    [InlineData(EngagementState.Scheduling)]
    [InlineData(EngagementState.AwaitingSilence)]
    [InlineData(EngagementState.Ready)]
    [InlineData(EngagementState.SameDayCheck)]
    [InlineData(EngagementState.Suspended)]
    public void Changed_answers_are_triaged_again(EngagementState state) =>
        Decide(new EngagementBuilder { State = state, Lines = [FixedLine()], Facts = static facts => facts with { AnswersHash = "another", Windows = [FirstNight] } })
            .Move.ShouldBe(Trigger.AnswersChanged);

    [Fact]
    public void Changed_answers_stop_a_scan() =>
        Decide(new EngagementBuilder { State = EngagementState.Scanning, Lines = [FixedLine()], Facts = static facts => facts with { AnswersHash = "another", Windows = [FirstNight] } }, At(FirstNight.Start))
            .Move.ShouldBe(Trigger.Stop);

    [Fact]
    public void A_cancelled_engagement_tells_who_was_asked_and_withdraws_the_invitations()
    {
        var line = Monitored(FixedLine());
        var result = Decide(new EngagementBuilder
        {
            State = EngagementState.Cancelled,
            Seen = EngagementState.Scanning,
            Lines = [line, ClosedLine("L2")],
            Facts = facts => facts with
            {
                Windows = [FirstNight], SilenceRound = 1, Vendors = [Answer(VendorQuestion.Silence, line, [FirstNight], VendorReply.Yes)],
                Invitations = [new Invitation { VendorMail = line.Vendors[0].Mail, Number = 1, Window = FirstNight }],
            },
        });
        var orders = result.Effects.OfType<SendMail>().Select(static mail => mail.Order).ToList();
        orders.Count.ShouldBe(2);
        orders.Single(static order => order.To.Audience is Audience.Vendor).Calendar.ShouldBe([new Invitation { VendorMail = line.Vendors[0].Mail, Number = 1, Window = FirstNight, Sequence = 1, Withdrawn = true }]);
        result.Facts.Lines.ShouldAllBe(static row => row.Outcome == LineOutcome.Stopped && row.OutcomeReason.Length > 0);
    }
}
