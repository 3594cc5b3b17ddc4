using System.Globalization;
using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Worker.Doctor;

/// <summary>How far the holiday data reach: deadlines after their end would take holidays for business days.</summary>
internal sealed class HolidaysCheck : IDoctorCheck
{
    private const int MonthsAhead = 4;

    public string Name => "holidays";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var wanted = Jst.DayOf(room.Console.Time.GetUtcNow()).AddMonths(MonthsAhead);
        return Task.FromResult((JapaneseHolidays.AnnouncedThrough >= wanted, JapaneseHolidays.DataEnd >= wanted) switch
        {
            (true, _) => new Diagnosis(Name, Verdict.Good, $"Japanese holidays are as announced until {Text(JapaneseHolidays.AnnouncedThrough)}."),
            (false, true) => new Diagnosis(Name, Verdict.Look, $"Japanese holidays were announced until {Text(JapaneseHolidays.AnnouncedThrough)} when this version was made; later ones follow the law as it stood. Update VulnDiag."),
            _ => new Diagnosis(Name, Verdict.Mend, $"Japanese holidays are known until {Text(JapaneseHolidays.DataEnd)} only. Update VulnDiag, or add the days to worker/domain/Calendar/holidays.csv."),
        });
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
