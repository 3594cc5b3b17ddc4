using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

/// <summary>
/// What becomes of a record when a person presses the worker's button without ground, in every state that has one. kintone keeps these
/// buttons to the worker's group; this is the net below, for a tenant whose settings were changed by hand.
/// </summary>
public sealed class UnfoundedMoveTests
{
    private const string Objection = "機器が違います";
    private static readonly DateTimeOffset Early = Tuesday.AddDays(1);
    private static readonly HearingFault Fault = new("address-private", new LineId("L1"), "グローバルIPアドレス", "回線「L1」のグローバルIPアドレスをご確認ください。");

    /// <summary>From, button, where the record comes to rest. Where that is not where it was, the reason stands beside it.</summary>
    public static TheoryData<string, string, string> Presses => new()
    {
        // A hearing that was just received is on its way in any case.
        { "ヒアリング受付", "不備の確認依頼", "ベンダ確認中" },
        { "ヒアリング受付", "打合せ依頼", "ベンダ確認中" },
        { "ヒアリング受付", "対象回線なし", "ベンダ確認中" },
        { "ヒアリング受付", "ベンダ確認開始", "ベンダ確認中" },
        { "確認依頼中", "不備回線見送り", "確認依頼中" },
        { "確認依頼中", "対象回線なし", "確認依頼中" },
        { "打合せ待ち", "打合せ完了", "打合せ待ち" },
        { "打合せ待ち", "対象回線なし", "打合せ待ち" },
        { "診断対象外", "期限到来", "診断対象外" },
        { "診断対象外", "差戻し", "診断対象外" },
        { "ベンダ確認中", "ベンダ確認完了", "ベンダ確認中" },
        { "ベンダ確認中", "ベンダ異議", "ベンダ確認中" },
        { "ベンダ確認中", "対象回線なし", "ベンダ確認中" },
        { "ベンダ確認中", "回答変更", "ベンダ確認中" },
        { "日程調整中", "対象回線なし", "日程調整中" },
        { "日程調整中", "回答変更", "日程調整中" },
        { "静観依頼中", "静観承諾", "静観依頼中" },
        { "静観依頼中", "静観不成立", "静観依頼中" },
        { "静観依頼中", "対象回線なし", "静観依頼中" },
        { "静観依頼中", "回答変更", "静観依頼中" },
        { "診断待ち", "当日IP確認依頼", "診断待ち" },
        { "診断待ち", "診断開始", "診断待ち" },
        { "診断待ち", "静観撤回", "診断待ち" },
        // The same as 延期, which is a coordinator's own button.
        { "診断待ち", "日程なし", "日程調整中" },
        { "診断待ち", "対象回線なし", "日程調整中" },
        { "診断待ち", "回答変更", "日程調整中" },
        { "当日IP確認中", "当日IP確認完了", "当日IP確認中" },
        { "当日IP確認中", "静観撤回", "当日IP確認中" },
        { "当日IP確認中", "診断可能回線なし", "日程調整中" },
        { "当日IP確認中", "日程なし", "日程調整中" },
        { "当日IP確認中", "対象回線なし", "日程調整中" },
        { "当日IP確認中", "回答変更", "日程調整中" },
        { "診断中", "診断枠終了", "診断中" },
        // The same as 中断 and then 実施分で終了, and recorded as such.
        { "診断中", "診断完了", "分析中" },
        { "診断中断", "対象回線なし", "日程調整中" },
        { "診断中断", "回答変更", "日程調整中" },
        { "分析中", "差戻し", "分析中" },
        { "発行準備中", "発行完了", "発行準備中" },
        // The approver decides again.
        { "発行準備中", "承認差戻し", "報告書確認中" },
        { "報告済", "差戻し", "報告済" },
        // Final: kept to the worker by kintone alone; it is shown to staff.
        { "報告済", "受領確認", "完了" },
    };

    [Theory]
    [MemberData(nameof(Presses))]
    public void A_press_of_the_workers_button_without_ground_is_undone_or_does_no_more_than_a_button_of_their_own(string from, string action, string rest)
    {
        var state = EngagementLifecycle.FromNameJa(from)!.Value;
        var row = EngagementLifecycle.Transitions.Single(row => row.From == state && row.ActionJa == action);
        var (builder, now) = Standing(state);
        var after = Rest(builder with { State = row.To, Seen = row.From, ModifiedBy = "someone" }, At(now), out var mails);

        after.State.NameJa().ShouldBe(rest);
        if (rest == from && row.To != EngagementState.HearingReceived && row.To != EngagementState.Ready) after.Facts.SentBackBecause.ShouldNotBeEmpty("the reason is shown");
        if (state is not EngagementState.OutOfScope) mails.ShouldNotContain(MailKind.OutOfScope, "nobody is told what is not so");
        if (state is not EngagementState.Reported) mails.ShouldNotContain(MailKind.ReportPosted);
        if (state is not EngagementState.Scanning) mails.ShouldNotContain(MailKind.ScanStarted);
    }

    [Fact]
    public void Every_button_of_the_workers_is_in_the_list() =>
        Presses.Select(static row => (row.Data.Item1, row.Data.Item2)).ShouldBe(
            EngagementLifecycle.Transitions.Where(static row => row.By == Mover.Worker).Select(static row => (row.From.NameJa(), row.ActionJa)), ignoreOrder: true);

    [Fact]
    public void Buttons_pressed_in_a_row_are_undone_in_their_turn()
    {
        var (faulty, now) = Standing(EngagementState.HearingIncomplete);
        Rest(faulty with { State = EngagementState.Analysis, Seen = EngagementState.HearingIncomplete }, At(now), out _).State.ShouldBe(EngagementState.HearingIncomplete);

        var (review, later) = Standing(EngagementState.VendorReview);
        Rest(review with { State = EngagementState.Ready, Seen = EngagementState.VendorReview, Facts = static facts => facts with { Windows = [FirstNight] } }, At(later), out _)
            .State.ShouldBe(EngagementState.VendorReview);

        var (issuing, last) = Standing(EngagementState.Issuing);
        Rest(issuing with { State = EngagementState.Reported, Seen = EngagementState.ReportReview }, At(last), out var mails).State.ShouldBe(EngagementState.ReportReview);
        mails.ShouldNotContain(MailKind.ReportPosted);
    }

    [Fact]
    public void The_deadline_of_an_undone_move_is_the_one_that_was()
    {
        var (builder, now) = Standing(EngagementState.OutOfScope);
        var due = Tuesday.AddDays(20);
        var undone = Decide(builder with { State = EngagementState.Analysis, Seen = EngagementState.OutOfScope, Facts = facts => facts with { Deadline = due } }, At(now));
        undone.Move.ShouldBe(Trigger.SendBack);
        undone.Facts.Deadline.ShouldBe(due);
        undone.Facts.StateSince.ShouldBe(Tuesday);
        Decide(builder with { State = EngagementState.Analysis, Seen = EngagementState.OutOfScope, Facts = facts => facts with { Deadline = due } }, At(due)).Move.ShouldBeNull("now it has passed");
    }

    [Fact]
    public void What_a_hospital_edits_in_out_of_scope_is_its_own_until_it_submits()
    {
        var editing = new EngagementBuilder { State = EngagementState.OutOfScope, Lines = [FixedLine()], Facts = static facts => facts with { AnswersHash = "the closed line's" } };
        Decide(editing, At(Early)).Move.ShouldBeNull();
        Decide(editing with { Seen = EngagementState.HearingIncomplete }, At(Early)).Move.ShouldBe(Trigger.SendBack, "a person's move says that there is nothing to scan, which nobody has found");
    }

    [Fact]
    public void A_line_that_is_no_longer_deferred_is_taken_up_again()
    {
        var line = FixedLine();
        Decide(new EngagementBuilder { State = EngagementState.OutOfScope, Lines = [line] }, At(Early)).Move.ShouldBe(Trigger.SendBack);
        var back = Decide(new EngagementBuilder { State = EngagementState.Scheduling, Lines = [line, FixedLine("L2")], Facts = static facts => facts with { Vendors = [facts.Vendors[0]] } }, At(Early));
        back.Move.ShouldBe(Trigger.SendBack, "nobody has approved L2");
        back.Facts.SentBackBecause.ShouldContain("L2");
    }

    [Fact]
    public void A_hearing_submitted_before_the_worker_ever_saw_the_record_is_acknowledged()
    {
        var builder = new EngagementBuilder { Lines = [FixedLine()], Facts = static facts => facts with { StateSeen = null, StateSince = null } };
        Decide(builder, At(Early)).Effects.OfType<SendMail>().Single().Order.Kind.ShouldBe(MailKind.HearingReceived);
    }

    /// <summary>An engagement that rightly waits in a state, so that the worker would not move it.</summary>
    private static (EngagementBuilder Builder, DateTimeOffset Now) Standing(EngagementState state)
    {
        var line = FixedLine();
        var quiet = Monitored(line);
        var dynamic = DynamicLine();
        var near = FirstNight.Start.AddHours(-2);
        EngagementBuilder With(Line one, Func<EngagementFacts, EngagementFacts> facts) => new()
        {
            State = state,
            Lines = [one],
            Facts = record => facts(record with { UsedWindowsHash = FactHash.OfWindows([FirstNight]) }),
        };
        EngagementBuilder Fixed(Line one, params VendorFacts[] answers) =>
            With(one, facts => facts with { Windows = [FirstNight], SilenceRound = 1, Vendors = [.. facts.Vendors, .. answers] });

        return state switch
        {
            EngagementState.HearingReceived => (new EngagementBuilder { Lines = [line], Facts = static facts => facts with { AnswersHash = "" } }, Early),
            EngagementState.HearingIncomplete => (new EngagementBuilder { State = state, Lines = [line], Faults = [Fault] }, Early),
            EngagementState.AwaitingMeeting => (new EngagementBuilder { State = state, Lines = [MeetingLine()] }, Early),
            EngagementState.OutOfScope => (new EngagementBuilder { State = state, Lines = [ClosedLine()], Facts = static facts => facts with { Deadline = Tuesday.AddDays(20) } }, Early),
            EngagementState.VendorReview => (new EngagementBuilder { State = state, Lines = [line] }, Early),
            EngagementState.Scheduling => (With(line, static facts => facts) with { Candidates = [] }, Early),
            EngagementState.AwaitingSilence => (Fixed(quiet), Early),
            EngagementState.Ready => (Fixed(quiet, Accepted(quiet)) with { Candidates = [FirstNight] }, Early),
            EngagementState.SameDayCheck => (Fixed(dynamic) with { Candidates = [FirstNight] }, near),
            EngagementState.Scanning => (Fixed(line), FirstNight.Start.AddHours(1)),
            EngagementState.Suspended => (Fixed(line) with { Candidates = [FirstNight] }, FirstNight.Start.AddHours(1)),
            EngagementState.Analysis => (With(line, static facts => facts with { Lines = [new LineFacts { Id = new LineId("L1"), Outcome = LineOutcome.Done, ScanFinished = FirstNight.End }] }), FirstNight.End.AddHours(5)),
            EngagementState.Issuing => (Reviewed(line, state, static facts => facts), FirstNight.End.AddDays(2)),
            EngagementState.Reported => (Reviewed(line, state, static facts => facts with { Edition = 1, IssuedAt = FirstNight.End, IssuedHash = facts.ReviewHash, ReportFiles = [new AttachedFile("key", "報告書.pdf", 1)] }), FirstNight.End.AddDays(2)),
            EngagementState.HearingOpen or EngagementState.ReportReview or EngagementState.Completed or EngagementState.Cancelled =>
                throw new InvalidOperationException($"{state} has no button of the worker's."),
        };
    }

    private static EngagementBuilder Reviewed(Line line, EngagementState state, Func<EngagementFacts, EngagementFacts> afterwards) => new()
    {
        State = state,
        Lines = [line],
        Facts = facts =>
        {
            var reviewed = facts with
            {
                Analyst = "analyst", Approver = "approver", Summary = Objection, ReviewedBy = "analyst", ApprovedBy = "approver", StateSince = FirstNight.End,
                Lines = [new LineFacts { Id = line.Id, Outcome = LineOutcome.Done, ScanFinished = FirstNight.End }],
            };
            return afterwards(reviewed with { ReviewHash = FactHash.OfReport(reviewed, [], 1) });
        },
    };

    private static VendorFacts Accepted(Line line) => new()
    {
        Question = VendorQuestion.Silence,
        Line = line.Id,
        VendorMail = line.Vendors[0].Mail,
        AboutHash = FactHash.OfSilence(line, [FirstNight]),
        Reply = VendorReply.Yes,
    };

    private static StepResult Decide(EngagementBuilder builder, StepContext context) => StepCatalogue.Find(builder.State)!.Decide(builder.Build(), context);

    private static Engagement Rest(EngagementBuilder builder, StepContext context, out List<MailKind> mails)
    {
        var engagement = builder.Build();
        mails = [];
        for (var moves = 0; moves < 16; moves++)
        {
            var result = StepCatalogue.Find(engagement.State)!.Decide(engagement, context);
            mails.AddRange(result.Effects.OfType<SendMail>().Select(static mail => mail.Order.Kind));
            engagement = engagement with { Facts = result.Facts, ModifiedBy = "vulndiag" };
            if (result.Move is not { } move) return engagement;
            engagement = engagement with { State = EngagementLifecycle.Find(engagement.State, move)!.To };
        }

        throw new ShouldAssertException("It goes round and round.");
    }
}
