using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

public sealed class JstTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);

    [Fact]
    public void An_instant_falls_on_the_Japanese_day()
    {
        Jst.DayOf(At("2026-11-24T14:59:59Z")).ShouldBe(new DateOnly(2026, 11, 24));
        Jst.DayOf(At("2026-11-24T15:00:00Z")).ShouldBe(new DateOnly(2026, 11, 25));
        Jst.StartOf(new DateOnly(2026, 11, 25)).ShouldBe(At("2026-11-24T15:00:00Z"));
    }

    [Fact]
    public void Days_and_instants_are_written_in_Japanese()
    {
        Jst.Text(new DateOnly(2026, 11, 24)).ShouldBe("2026年11月24日(火)");
        Jst.ShortText(At("2026-11-24T13:00Z")).ShouldBe("11月24日(火)22:00");
        Jst.Text(At("2026-11-24T21:05Z")).ShouldBe("2026年11月25日(水)6:05");
    }

    [Theory]
    [InlineData("2026-11-24T09:00+09:00", "2026-11-24T17:00+09:00", "2026年11月24日(火)9:00〜17:00")]
    [InlineData("2026-11-24T22:00+09:00", "2026-11-25T06:00+09:00", "2026年11月24日(火)22:00〜11月25日(水)6:00")]
    [InlineData("2026-11-24T22:00+09:00", "2026-11-25T00:00+09:00", "2026年11月24日(火)22:00〜24:00")]
    [InlineData("2026-12-31T22:00+09:00", "2027-01-01T06:00+09:00", "2026年12月31日(木)22:00〜2027年1月1日(金)6:00")]
    public void A_period_names_the_second_day_only_where_there_is_one(string start, string end, string text) =>
        Jst.Text(new Period(At(start), At(end))).ShouldBe(text);

    [Fact]
    public void The_ends_of_time_are_written_too()
    {
        Jst.Text(DateTimeOffset.MaxValue).ShouldStartWith("9999年12月31日");
        Jst.Text(DateTimeOffset.MinValue).ShouldStartWith("1年1月1日");
    }
}
