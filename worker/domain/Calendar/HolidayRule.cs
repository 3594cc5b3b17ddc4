using System.Globalization;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Calendar;

/// <summary>One row of holidays.csv: a national holiday and how its day is found in the years that the row is for.</summary>
internal sealed record HolidayRule(string Name, int FromYear, int ToYear, int Month, string Kind, int Number)
{
    internal static IReadOnlyList<HolidayRule> All { get; } = [.. EmbeddedCsv.Rows("Calendar.holidays.csv").Select(static row => new HolidayRule(
        row["name"],
        Read(row["from"], 0),
        Read(row["to"], DateOnly.MaxValue.Year),
        Read(row["month"], 0),
        row["rule"],
        Read(row["number"], 0)))];

    /// <summary>The day in <paramref name="year"/>, or null when there is none.</summary>
    internal DateOnly? In(int year)
    {
        if (year < FromYear || year > ToYear) return null;
        return Kind switch
        {
            "day" => new DateOnly(year, Month, Number),
            "monday" => NthMonday(year),
            "equinox" => Equinox.In(year, Month),
            _ => throw new InvalidDataException($"holidays.csv: '{Kind}' is no rule."),
        };
    }

    private DateOnly NthMonday(int year)
    {
        var first = new DateOnly(year, Month, 1);
        var toMonday = ((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7;
        return first.AddDays(toMonday + (7 * (Number - 1)));
    }

    private static int Read(string cell, int blank) => cell.Length == 0 ? blank : int.Parse(cell, CultureInfo.InvariantCulture);
}
