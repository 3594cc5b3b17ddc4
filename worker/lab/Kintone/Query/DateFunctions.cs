using System.Globalization;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>The query language's date functions, in the tenant's time zone. Source: kintone, "クエリの書き方", "関数".</summary>
internal static class DateFunctions
{
    private static readonly string[] Days = ["SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"];

    /// <summary>The stretch of time that <paramref name="call"/> means at <paramref name="now"/>; null when it is no date function.</summary>
    /// <exception cref="Refusal">Its arguments are wrong.</exception>
    public static Period? Evaluate(FunctionCall call, DateTimeOffset now)
    {
        var today = KintoneTime.Today(now);
        return call.Name switch
        {
            "NOW" => Moment(call, now),
            "TODAY" => Day(call, today),
            "YESTERDAY" => Day(call, today.AddDays(-1)),
            "TOMORROW" => Day(call, today.AddDays(1)),
            "FROM_TODAY" => FromToday(call, today),
            "LAST_WEEK" => Week(call, today, -1),
            "THIS_WEEK" => Week(call, today, 0),
            "NEXT_WEEK" => Week(call, today, 1),
            "LAST_MONTH" => Month(call, today, -1),
            "THIS_MONTH" => Month(call, today, 0),
            "NEXT_MONTH" => Month(call, today, 1),
            "LAST_YEAR" => Year(call, today.Year - 1),
            "THIS_YEAR" => Year(call, today.Year),
            "NEXT_YEAR" => Year(call, today.Year + 1),
            _ => null,
        };
    }

    /// <summary>The days from <paramref name="first"/> up to, not including, <paramref name="after"/>.</summary>
    public static Period Span(DateOnly first, DateOnly after) => new(KintoneTime.StartOf(first), KintoneTime.StartOf(after));

    private static Period Moment(FunctionCall call, DateTimeOffset now)
    {
        Expect(call, 0, 0);
        return new Period(now, now.AddSeconds(1));
    }

    private static Period Day(FunctionCall call, DateOnly day)
    {
        Expect(call, 0, 0);
        return Span(day, day.AddDays(1));
    }

    private static Period FromToday(FunctionCall call, DateOnly today)
    {
        Expect(call, 2, 2);
        if (!int.TryParse(call.Arguments[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || Math.Abs((long)count) > 100_000)
            throw QueryFaults.FunctionArgument(call.Name);
        try
        {
            var day = call.Arguments[1].ToUpperInvariant() switch
            {
                "DAYS" => today.AddDays(count),
                "WEEKS" => today.AddDays(7 * count),
                "MONTHS" => today.AddMonths(count),
                "YEARS" => today.AddYears(count),
                _ => throw QueryFaults.FunctionUnit(call.Name),
            };
            return Span(day, day.AddDays(1));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw QueryFaults.FunctionArgument(call.Name);
        }
    }

    private static Period Week(FunctionCall call, DateOnly today, int weeks)
    {
        Expect(call, 0, 1);
        var sunday = today.AddDays((7 * weeks) - (int)today.DayOfWeek);
        if (call.Arguments.Count == 0) return Span(sunday, sunday.AddDays(7));
        var day = Array.IndexOf(Days, call.Arguments[0].ToUpperInvariant());
        if (day < 0) throw QueryFaults.FunctionArgument(call.Name);
        return Span(sunday.AddDays(day), sunday.AddDays(day + 1));
    }

    private static Period Month(FunctionCall call, DateOnly today, int months)
    {
        Expect(call, 0, 1);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(months);
        if (call.Arguments.Count == 0) return Span(first, first.AddMonths(1));
        var last = first.AddMonths(1).AddDays(-1);
        if (call.Arguments[0].Equals("LAST", StringComparison.OrdinalIgnoreCase)) return Span(last, last.AddDays(1));
        if (!int.TryParse(call.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 31)
            throw QueryFaults.FunctionArgument(call.Name);
        var chosen = day > last.Day ? last : first.AddDays(day - 1);
        return Span(chosen, chosen.AddDays(1));
    }

    private static Period Year(FunctionCall call, int year)
    {
        Expect(call, 0, 0);
        return Span(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
    }

    private static void Expect(FunctionCall call, int least, int most)
    {
        if (call.Arguments.Count < least || call.Arguments.Count > most) throw QueryFaults.FunctionCount(call.Name);
    }
}
