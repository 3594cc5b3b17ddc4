using VulnDiag.Domain.Calendar;

namespace VulnDiag.Domain.Scheduling;

/// <summary>When the requests of a day go out to a vendor who wants one mail a day (日次まとめ).</summary>
public static class DigestTime
{
    /// <summary>The first digest after <paramref name="asked"/>: at the set hour of that business day, or of the next.</summary>
    /// <param name="asked">When the question arose.</param>
    /// <param name="hour">The set hour, in Japan.</param>
    /// <param name="calendar">Business days.</param>
    public static DateTimeOffset After(DateTimeOffset asked, TimeOnly hour, BusinessCalendar calendar)
    {
        var day = Jst.DayOf(asked);
        return calendar.IsBusinessDay(day) && asked < Jst.At(day, hour) ? Jst.At(day, hour) : Jst.At(calendar.AddBusinessDays(day, 1), hour);
    }
}
