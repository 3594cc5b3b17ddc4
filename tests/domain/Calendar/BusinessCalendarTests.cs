using CsCheck;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Calendar;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Calendar = BusinessCalendar.Default;

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 40_000].Select(static days => new DateOnly(1990, 1, 1).AddDays(days));

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Int[0, 60 * 24 * 365 * 40].Select(static minutes => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    [Theory]
    [InlineData("2026-11-24", true)] // Tuesday
    [InlineData("2026-11-23", false)] // holiday
    [InlineData("2026-11-22", false)] // Sunday
    [InlineData("2026-11-21", false)] // Saturday
    [InlineData("2026-12-28", true)]
    [InlineData("2026-12-29", false)]
    [InlineData("2026-12-31", false)]
    [InlineData("2027-01-03", false)]
    [InlineData("2027-01-04", true)]
    public void Weekends_holidays_and_the_year_end_are_no_business_days(string day, bool works) =>
        Calendar.IsBusinessDay(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe(works);

    [Fact]
    public void Days_on_which_the_operator_is_closed_are_no_business_days() =>
        new BusinessCalendar(new BusinessHours { ClosedDays = new HashSet<DateOnly> { new(2026, 11, 24) } })
            .AddBusinessDays(new DateOnly(2026, 11, 20), 1).ShouldBe(new DateOnly(2026, 11, 25));

    [Theory]
    [InlineData("2026-12-25", 2, "2027-01-04")]
    [InlineData("2026-09-18", 1, "2026-09-24")]
    [InlineData("2026-05-01", 1, "2026-05-07")]
    [InlineData("2026-09-24", -1, "2026-09-18")]
    [InlineData("2026-11-22", 0, "2026-11-22")]
    public void Business_days_are_counted_over_long_holidays(string from, int count, string to) =>
        Calendar.AddBusinessDays(DateOnly.ParseExact(from, "yyyy-MM-dd"), count).ShouldBe(DateOnly.ParseExact(to, "yyyy-MM-dd"));

    [Theory]
    [InlineData("2026-11-24T12:00+09:00", "2026-11-24T12:00+09:00")]
    [InlineData("2026-11-24T08:59+09:00", "2026-11-24T09:00+09:00")]
    [InlineData("2026-11-24T18:00+09:00", "2026-11-25T09:00+09:00")]
    [InlineData("2026-11-20T17:30Z", "2026-11-24T09:00+09:00")] // Saturday 2:30 in Japan
    [InlineData("2026-12-28T20:00+09:00", "2027-01-04T09:00+09:00")]
    public void The_next_business_instant_lies_within_business_hours(string instant, string next) =>
        Calendar.NextBusinessInstant(DateTimeOffset.Parse(instant)).ShouldBe(DateTimeOffset.Parse(next));

    [Fact]
    public void Rolling_back_and_forward_gives_the_nearest_business_days() => Days.Sample(day =>
    {
        var (back, forward) = (Calendar.RollBack(day), Calendar.RollForward(day));
        return Calendar.IsBusinessDay(back) && Calendar.IsBusinessDay(forward) && back <= day && day <= forward
            && (back == forward ? back == day : Calendar.AddBusinessDays(back, 1) == forward);
    });

    [Fact]
    public void Adding_and_taking_away_as_many_business_days_comes_back() => Gen.Select(Days, Gen.Int[1, 60]).Sample((day, count) =>
        Calendar.AddBusinessDays(Calendar.AddBusinessDays(Calendar.RollBack(day), count), -count) == Calendar.RollBack(day));

    [Fact]
    public void The_next_business_instant_is_never_earlier_and_stays() => Instants.Sample(instant =>
    {
        var next = Calendar.NextBusinessInstant(instant);
        return next >= instant && Calendar.IsBusinessInstant(next) && Calendar.NextBusinessInstant(next) == next;
    });

    [Fact]
    public void Hours_that_end_before_they_begin_are_refused() =>
        Should.Throw<ArgumentException>(static () => new BusinessCalendar(new BusinessHours { Opens = new(18, 0), Closes = new(9, 0) }));

    [Theory]
    [InlineData("2026-11-24T03:00+09:00", "2027-01-08")] // 45 days later a Friday
    [InlineData("2026-11-18T23:59+09:00", "2026-12-28")] // 2 January rolls back over the year end
    [InlineData("2026-08-06T23:00Z", "2026-09-18")] // 7 August in Japan: 21 September is a holiday
    public void A_report_is_due_45_days_after_the_last_scan_rolled_back_to_a_business_day(string ended, string due) =>
        ReportDue.Of(DateTimeOffset.Parse(ended), Calendar).ShouldBe(DateOnly.ParseExact(due, "yyyy-MM-dd"));

    [Fact]
    public void The_warning_comes_five_business_days_earlier() =>
        ReportDue.WarnAt(new DateOnly(2027, 1, 8), Calendar).ShouldBe(DateTimeOffset.Parse("2026-12-28T09:00+09:00"));
}
