using CsCheck;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

public sealed class WindowPlannerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T10:00+09:00");

    private static readonly Gen<List<Period>> SomePeriods = Gen.Select(Gen.Int[0, 24 * 40], Gen.Int[1, 40])
        .Select(static (start, length) => new Period(Now.AddHours(start), Now.AddHours(start + length)))
        .List[0, 6];

    [Fact]
    public void A_window_past_midnight_is_one_window() =>
        Fix([Period("12-10T22:00", "12-11T00:00"), Period("12-11T00:00", "12-11T06:00")], []).Windows.ShouldBe([Period("12-10T22:00", "12-11T06:00")]);

    [Fact]
    public void Times_to_avoid_do_not_count_and_short_pieces_neither()
    {
        Period[] candidates = [Period("12-10T20:00", "12-11T00:00"), Period("12-12T20:00", "12-13T00:00")];
        Period[] avoid = [Period("12-10T20:20", "12-10T22:30"), Period("12-10T22:00", "12-10T23:00")];

        Fix(candidates[..1], avoid).ShouldSatisfyAllConditions(
            static plan => plan.Windows.ShouldBeEmpty(),
            static plan => plan.Missing.ShouldBe(TimeSpan.FromHours(1))); // 20:00 to 20:20 is too short a piece, 23:00 to 24:00 counts
        Fix(candidates, avoid).Windows.ShouldBe(candidates);
    }

    [Fact]
    public void Taking_away_leaves_the_pieces_around() =>
        WindowPlanner.Subtract(
            [Period("12-10T20:00", "12-11T06:00")],
            [Period("12-10T21:00", "12-10T22:00"), Period("12-11T02:00", "12-11T03:00"), Period("12-11T02:30", "12-11T03:30")])
            .ShouldBe([Period("12-10T20:00", "12-10T21:00"), Period("12-10T22:00", "12-11T02:00"), Period("12-11T03:30", "12-11T06:00")]);

    [Fact]
    public void The_earliest_windows_that_hold_the_forecast_are_taken()
    {
        Period[] candidates = [Period("12-12T22:00", "12-13T06:00"), Period("12-10T22:00", "12-11T06:00"), Period("12-14T22:00", "12-15T06:00")];

        Fix(candidates, []).Windows.ShouldBe([candidates[1]]);
        Fix(candidates, [], hours: 10).Windows.ShouldBe([candidates[1], candidates[0]]);
        Fix(candidates, [], hours: 30).ShouldSatisfyAllConditions(
            static plan => plan.Windows.ShouldBeEmpty(),
            static plan => plan.Missing.ShouldBe(TimeSpan.FromHours(6)));
        Fix([], []).Missing.ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public void Vendors_get_five_business_days_to_answer() =>
        Fix([Period("11-25T22:00", "11-26T06:00"), Period("11-30T22:00", "12-01T12:00"), Period("12-01T00:00", "12-01T12:00"), Period("12-02T00:00", "12-02T12:00")], [])
            .Windows.ShouldBe([Period("12-01T00:00", "12-01T12:00")]);

    [Fact]
    public void Windows_lie_inside_the_candidates_and_hold_the_forecast_outside_times_to_avoid() =>
        Gen.Select(SomePeriods, SomePeriods, Gen.Int[1, 100]).Sample(static (candidates, avoid, hours) =>
        {
            var plan = Fix(candidates, avoid, hours);
            WindowPlanner.Subtract(plan.Windows, candidates).ShouldBeEmpty();
            var usable = WindowPlanner.Subtract(plan.Windows, avoid);
            foreach (var piece in usable) avoid.ShouldNotContain(each => each.Start < piece.End && piece.Start < each.End);
            if (plan.Missing == TimeSpan.Zero) usable.Sum(static piece => piece.Length.TotalHours).ShouldBeGreaterThanOrEqualTo(hours);
            else plan.Windows.ShouldBeEmpty();
        });

    [Fact]
    public void Merging_keeps_every_instant_and_leaves_gaps_between() => SomePeriods.Sample(static periods =>
    {
        var merged = WindowPlanner.Merge(periods);
        for (var hour = 0; hour < 24 * 42; hour++)
        {
            var instant = Now.AddHours(hour);
            merged.Any(each => each.Contains(instant)).ShouldBe(periods.Exists(each => each.Contains(instant)));
        }

        for (var at = 1; at < merged.Count; at++) merged[at].Start.ShouldBeGreaterThan(merged[at - 1].End);
    });

    [Fact]
    public void The_forecast_is_that_of_the_slowest_line()
    {
        DurationForecast.Of(0, 200).ShouldBe(TimeSpan.Zero);
        DurationForecast.Of(1, 200).ShouldBe(TimeSpan.FromSeconds(657 + 1800)); // (65,535 × 2 + 100 × 3) / 200, and half an hour
        DurationForecast.Of(10, 200).ShouldBe(DurationForecast.Of(1, 200));
        Should.Throw<ArgumentOutOfRangeException>(static () => DurationForecast.Of(1, 0));
    }

    private static WindowPlan Fix(IReadOnlyList<Period> candidates, IReadOnlyList<Period> avoid, int hours = 2) =>
        WindowPlanner.Fix(candidates, avoid, TimeSpan.FromHours(hours), Now, PlanningRules.Default);

    private static Period Period(string start, string end) => new(DateTimeOffset.Parse($"2026-{start}+09:00"), DateTimeOffset.Parse($"2026-{end}+09:00"));
}
