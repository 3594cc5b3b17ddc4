using VulnDiag.Domain.Calendar;

namespace VulnDiag.Domain.Scheduling;

/// <summary>When the report is due.</summary>
/// <remarks>Source: SPEC "The report": 45 days after the last scan, rolled back to a business day. Days are JST days.</remarks>
public static class ReportDue
{
    /// <summary>Days from the last scan to the report.</summary>
    public const int Days = 45;

    /// <summary>Business days before the due date on which the coordinator is warned.</summary>
    public const int WarningBusinessDays = 5;

    /// <summary>The due date when the last scan ended at <paramref name="lastScanEnded"/>.</summary>
    public static DateOnly Of(DateTimeOffset lastScanEnded, BusinessCalendar calendar) =>
        calendar.RollBack(Jst.DayOf(lastScanEnded).AddDays(Days));

    /// <summary>The instant, in business hours, at which the coordinator is warned that <paramref name="due"/> comes near.</summary>
    public static DateTimeOffset WarnAt(DateOnly due, BusinessCalendar calendar) =>
        Jst.At(calendar.AddBusinessDays(due, -WarningBusinessDays), calendar.Hours.Opens);
}
