using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Calendar;

/// <summary>When the office works. The host fills it from appsettings.json.</summary>
public sealed record BusinessHours
{
    /// <summary>First minute of the business day, JST.</summary>
    public TimeOnly Opens { get; init; } = new(9, 0);

    /// <summary>First minute after the business day, JST; later than <see cref="Opens"/>.</summary>
    public TimeOnly Closes { get; init; } = new(18, 0);

    /// <summary>First day of the year-end closure, in December.</summary>
    public int ClosedFromDecember { get; init; } = 29;

    /// <summary>Last day of the year-end closure, in January.</summary>
    public int ClosedToJanuary { get; init; } = 3;

    /// <summary>Further days on which the operator is closed.</summary>
    public IReadOnlySet<DateOnly> ClosedDays { get; init; } = new HashSet<DateOnly>();
}

/// <summary>Business days and hours in Japan: no weekend, no national holiday, no year end.</summary>
/// <remarks>Immutable and thread-safe. Days are JST days. Source: SPEC "Mail" 8.</remarks>
/// <param name="hours">When the office works.</param>
public sealed class BusinessCalendar(BusinessHours hours)
{
    private const int January = 1;
    private const int December = 12;

    /// <summary>9:00 to 18:00, closed from 29 December to 3 January.</summary>
    public static BusinessCalendar Default { get; } = new(new BusinessHours());

    /// <summary>When the office works.</summary>
    public BusinessHours Hours { get; } = hours.Opens < hours.Closes
        ? hours
        : throw new ArgumentException("Business hours end before they begin.", nameof(hours));

    /// <summary>True when people work on <paramref name="day"/>.</summary>
    public bool IsBusinessDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !(day.Month == December && day.Day >= Hours.ClosedFromDecember)
        && !(day.Month == January && day.Day <= Hours.ClosedToJanuary)
        && !Hours.ClosedDays.Contains(day)
        && !JapaneseHolidays.IsHoliday(day);

    /// <summary>The last business day that is not later than <paramref name="day"/>.</summary>
    public DateOnly RollBack(DateOnly day)
    {
        while (!IsBusinessDay(day)) day = day.AddDays(-1);
        return day;
    }

    /// <summary>The first business day that is not earlier than <paramref name="day"/>.</summary>
    public DateOnly RollForward(DateOnly day)
    {
        while (!IsBusinessDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>The <paramref name="count"/>th business day after <paramref name="day"/> (before it, when negative); 0 gives the day itself, business day or not.</summary>
    public DateOnly AddBusinessDays(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0; left--)
        {
            do day = day.AddDays(step);
            while (!IsBusinessDay(day));
        }

        return day;
    }

    /// <summary>True inside business hours.</summary>
    public bool IsBusinessInstant(DateTimeOffset instant) =>
        IsBusinessDay(Jst.DayOf(instant)) && Jst.TimeOf(instant) is var time && time >= Hours.Opens && time < Hours.Closes;

    /// <summary><paramref name="instant"/> itself inside business hours, else the next opening.</summary>
    public DateTimeOffset NextBusinessInstant(DateTimeOffset instant)
    {
        if (IsBusinessInstant(instant)) return instant;
        var day = Jst.DayOf(instant);
        var stillToOpen = IsBusinessDay(day) && Jst.TimeOf(instant) < Hours.Opens;
        return Jst.At(stillToOpen ? day : AddBusinessDays(day, 1), Hours.Opens);
    }

    /// <summary>The close of business on the <paramref name="businessDays"/>th business day after <paramref name="since"/>.</summary>
    public DateTimeOffset CloseAfter(DateTimeOffset since, int businessDays) =>
        Jst.At(AddBusinessDays(Jst.DayOf(since), businessDays), Hours.Closes);

    /// <summary>The opening of the <paramref name="businessDays"/>th business day after <paramref name="since"/>.</summary>
    public DateTimeOffset OpeningAfter(DateTimeOffset since, int businessDays) =>
        Jst.At(AddBusinessDays(Jst.DayOf(since), businessDays), Hours.Opens);
}
