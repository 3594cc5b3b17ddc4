using System.Globalization;
using VulnDiag.Domain.Data;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

/// <summary>Japan Standard Time: the one place where instants become Japanese days and words.</summary>
/// <remarks>Thread-safe. Japan has had no summer time since 1951, so the offset is fixed.</remarks>
public static class Jst
{
    private static readonly Dictionary<string, string> Texts =
        EmbeddedCsv.Rows("Scheduling.jst.ja.csv").ToDictionary(static row => row["name"], static row => row["text"]);

    /// <summary>+09:00.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(9);

    /// <summary>The same instant, written with +09:00; the last hours of year 9999 become the last that can be written so.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) =>
        instant.UtcDateTime > DateTime.MaxValue - Offset ? new DateTimeOffset(DateTime.MaxValue, Offset) : instant.ToOffset(Offset);

    /// <summary>The Japanese day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Of(instant).DateTime);

    /// <summary>The Japanese time of day of an instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Of(instant).DateTime);

    /// <summary>The instant of a Japanese day and time of day.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day, time, Offset);

    /// <summary>The first instant of a Japanese day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>As in 2026年11月24日(火).</summary>
    public static string Text(DateOnly day) => Format("day", day);

    /// <summary>As in 11月24日(火).</summary>
    public static string ShortText(DateOnly day) => Format("short-day", day);

    /// <summary>As in 2026年11月24日(火)22:00.</summary>
    public static string Text(DateTimeOffset instant) => Text(DayOf(instant)) + Clock(instant);

    /// <summary>As in 11月24日(火)22:00.</summary>
    public static string ShortText(DateTimeOffset instant) => ShortText(DayOf(instant)) + Clock(instant);

    /// <summary>As in 2026年11月24日(火)22:00〜11月25日(水)6:00; the day is named again only when the end lies on another, and midnight at the end is 24:00.</summary>
    public static string Text(Period period)
    {
        var (first, last) = (DayOf(period.Start), DayOf(period.End));
        var start = Text(period.Start) + Texts["between"];
        if (first == last) return start + Clock(period.End);
        if (TimeOf(period.End) == TimeOnly.MinValue && first.AddDays(1) == last) return start + "24:00";
        return start + (first.Year == last.Year ? ShortText(period.End) : Text(period.End));
    }

    /// <summary>As in 3時間30分; minutes are rounded up, so that nothing short of the need is asked for.</summary>
    public static string Text(TimeSpan length)
    {
        var minutes = (int)Math.Ceiling(length.TotalMinutes);
        var hours = minutes < 60 ? "" : string.Format(CultureInfo.InvariantCulture, Texts["hours"], minutes / 60);
        return minutes % 60 == 0 && hours.Length > 0 ? hours : hours + string.Format(CultureInfo.InvariantCulture, Texts["minutes"], minutes % 60);
    }

    private static string Clock(DateTimeOffset instant) => Of(instant).ToString("H:mm", CultureInfo.InvariantCulture);

    private static string Format(string name, DateOnly day) =>
        string.Format(CultureInfo.InvariantCulture, Texts[name], day.Year, day.Month, day.Day, Texts["weekdays"][(int)day.DayOfWeek]);
}
