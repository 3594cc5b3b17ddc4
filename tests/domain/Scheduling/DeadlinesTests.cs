using CsCheck;
using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Scheduling;

public sealed class DeadlinesTests
{
    private static readonly EngagementState[] WithWindowTimes = [EngagementState.Ready, EngagementState.SameDayCheck, EngagementState.Scanning];

    [Fact]
    public void Every_state_that_waits_for_people_has_a_deadline()
    {
        foreach (var state in Enum.GetValues<EngagementState>())
        {
            var expected = !state.IsFinal() && !WithWindowTimes.Contains(state) && state is not EngagementState.HearingReceived;
            (Deadlines.Of(state, DateTimeOffset.UnixEpoch, BusinessCalendar.Default) is not null).ShouldBe(expected, state.ToString());
        }
    }

    [Fact]
    public void Days_are_counted_over_the_year_end()
    {
        var deadline = Deadlines.Of(EngagementState.VendorReview, DateTimeOffset.Parse("2026-12-24T20:00+09:00"), BusinessCalendar.Default)!;

        deadline.Reminders.ShouldBe([DateTimeOffset.Parse("2026-12-28T09:00+09:00"), DateTimeOffset.Parse("2027-01-05T09:00+09:00")]);
        deadline.Due.ShouldBe(DateTimeOffset.Parse("2027-01-06T18:00+09:00"));
    }

    [Fact]
    public void Reminders_come_before_the_deadline_and_all_fall_on_business_days() =>
        Gen.Select(Gen.OneOf(Enum.GetValues<EngagementState>().Select(Gen.Const).ToArray()), Gen.Int[0, 60 * 24 * 365 * 5]).Sample(static (state, minutes) =>
        {
            var since = DateTimeOffset.Parse("2025-01-01T00:00Z").AddMinutes(minutes);
            if (Deadlines.Of(state, since, BusinessCalendar.Default) is not { } deadline) return;
            deadline.Reminders.ShouldAllBe(reminder => reminder > since && reminder < deadline.Due && BusinessCalendar.Default.IsBusinessInstant(reminder));
            deadline.Reminders.ShouldBeInOrder();
            deadline.Due.ShouldBeGreaterThan(since);
            deadline.Escalation.ShouldBeGreaterThan(since);
            BusinessCalendar.Default.IsBusinessDay(Jst.DayOf(deadline.Escalation)).ShouldBeTrue();
        });

    [Fact]
    public void Silence_is_due_before_the_first_window_that_the_planner_may_choose()
    {
        var since = DateTimeOffset.Parse("2026-11-24T10:00+09:00");

        Deadlines.Of(EngagementState.AwaitingSilence, since, BusinessCalendar.Default)!.Due
            .ShouldBeLessThan(BusinessCalendar.Default.OpeningAfter(since, PlanningRules.Default.BusinessDaysAhead));
    }
}
