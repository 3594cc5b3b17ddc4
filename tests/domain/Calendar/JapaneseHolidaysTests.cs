using VulnDiag.TestSupport;

namespace VulnDiag.Domain.Calendar;

public sealed class JapaneseHolidaysTests
{
    [Theory]
    [InlineData(2019)]
    [InlineData(2020)]
    [InlineData(2021)]
    [InlineData(2023)]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void The_days_of_a_year_are_those_that_the_Cabinet_Office_announced(int year)
    {
        var announced = File.ReadLines(Path.Combine(SharedMaterial.RepositoryRoot, "tests/fixtures/domain/national-holidays.csv"))
            .Where(line => line.StartsWith($"{year}-", StringComparison.Ordinal));

        JapaneseHolidays.In(year).Select(static each => $"{each.Day:yyyy-MM-dd},{each.Name}").ShouldBe(announced);
    }

    [Theory]
    [InlineData(1986, 5, 4, false)] // a Sunday
    [InlineData(1987, 5, 4, true)] // a Monday: substitute for Sunday 3 May
    [InlineData(1988, 5, 4, true)] // between two holidays
    [InlineData(1989, 2, 24, true)]
    [InlineData(1999, 1, 15, true)]
    [InlineData(2000, 1, 15, false)]
    [InlineData(2009, 9, 22, true)]
    [InlineData(2015, 9, 22, true)]
    [InlineData(2019, 12, 23, false)]
    [InlineData(2032, 9, 21, true)]
    [InlineData(1979, 1, 1, false)] // before the data
    public void Days_around_the_changes_of_the_law_are_told_apart(int year, int month, int day, bool holiday) =>
        JapaneseHolidays.IsHoliday(new DateOnly(year, month, day)).ShouldBe(holiday);

    [Fact]
    public void Every_year_of_the_data_can_be_asked_for()
    {
        for (var year = 1980; year <= JapaneseHolidays.DataEnd.Year; year++) JapaneseHolidays.In(year).Count.ShouldBeInRange(12, 22);
        JapaneseHolidays.IsHoliday(DateOnly.MaxValue).ShouldBeFalse();
        JapaneseHolidays.IsHoliday(DateOnly.MinValue).ShouldBeFalse();
    }
}
