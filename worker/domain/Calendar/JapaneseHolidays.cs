using System.Collections.Concurrent;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Calendar;

/// <summary>National holidays of Japan, with substitute holidays and days between two holidays.</summary>
/// <remarks>
/// Thread-safe. Source: Act on National Holidays (1948, law 178) as amended up to 2018, with the special moves of 2019 to 2021.
/// Rules stand in holidays.csv from 1980 on; earlier years have none.
/// </remarks>
public static class JapaneseHolidays
{
    private const int SubstituteMovesOnSince = 2007;
    private const int BetweenHolidaysSince = 1986;

    private static readonly Dictionary<string, string> DaysOff =
        EmbeddedCsv.Rows("Calendar.days-off.ja.csv").ToDictionary(static row => row["kind"], static row => row["name"]);

    private static readonly ConcurrentDictionary<int, Dictionary<DateOnly, string>> Years = new();

    /// <summary>Last day that the government has announced; later days follow the law as it stands and the equinox formula.</summary>
    /// <remarks>Source: Cabinet Office, list of national holidays, announced in February 2026.</remarks>
    public static DateOnly AnnouncedThrough { get; } = new(2027, 12, 31);

    /// <summary>Last day for which equinoxes can be reckoned; after it they are missing.</summary>
    public static DateOnly DataEnd { get; } = new(Equinox.LastYear, 12, 31);

    /// <summary>The holiday's Japanese name, or null when <paramref name="day"/> is none.</summary>
    public static string? NameOf(DateOnly day) => Of(day.Year).GetValueOrDefault(day);

    /// <summary>True on a holiday of any of the three kinds; Sundays as such are not.</summary>
    public static bool IsHoliday(DateOnly day) => Of(day.Year).ContainsKey(day);

    /// <summary>The holidays of a year in order.</summary>
    public static IReadOnlyList<(DateOnly Day, string Name)> In(int year) =>
        [.. Of(year).OrderBy(static pair => pair.Key).Select(static pair => (pair.Key, pair.Value))];

    private static Dictionary<DateOnly, string> Of(int year) => Years.GetOrAdd(year, static year =>
    {
        var national = new Dictionary<DateOnly, string>();
        foreach (var rule in HolidayRule.All)
        {
            if (rule.In(year) is { } day) national[day] = rule.Name;
        }

        var all = new Dictionary<DateOnly, string>(national);
        foreach (var sunday in national.Keys.Where(static day => day.DayOfWeek == DayOfWeek.Sunday))
        {
            if (SubstituteOf(sunday, national) is { } substitute) all[substitute] = DaysOff["Substitute"];
        }

        foreach (var day in national.Keys.Select(static day => day.AddDays(1)).Where(day => IsBetweenHolidays(day, national)))
        {
            all.TryAdd(day, DaysOff["BetweenHolidays"]);
        }

        return all;
    });

    /// <summary>Since 2007 the next day that is no national holiday itself; before, the Monday only.</summary>
    private static DateOnly? SubstituteOf(DateOnly sunday, Dictionary<DateOnly, string> national)
    {
        var day = sunday.AddDays(1);
        if (day.Year < SubstituteMovesOnSince) return national.ContainsKey(day) ? null : day;
        while (national.ContainsKey(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>A day with national holidays on both sides; until 2006 not a Sunday.</summary>
    private static bool IsBetweenHolidays(DateOnly day, Dictionary<DateOnly, string> national) =>
        day.Year >= BetweenHolidaysSince
        && !national.ContainsKey(day)
        && national.ContainsKey(day.AddDays(1))
        && (day.Year >= SubstituteMovesOnSince || day.DayOfWeek != DayOfWeek.Sunday);
}
