using System.Globalization;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Hearing;

/// <summary>Reads candidate windows and times to avoid. Blank rows of a table are no answers.</summary>
/// <remarks>What is kept does not depend on the time of reading, so that a hash over it does not change by itself.</remarks>
internal static class PeriodReader
{
    /// <summary>Candidate windows in order, those that can be read.</summary>
    internal static IReadOnlyList<Period> ReadWindows(IReadOnlyList<PeriodAnswer> answers, HearingRules rules, FaultList faults)
    {
        var rows = Rows(answers);
        if (rows.Count == 0) faults.Add("windows-missing", HearingField.CandidateWindows);

        var windows = new List<(Period Period, int Row)>();
        foreach (var (answer, row) in rows)
        {
            if (Read(answer, row, new PeriodFields("window", HearingField.WindowStart, HearingField.WindowEnd, rules.LongestWindow), faults) is not { } window) continue;
            windows.Add((window, row));
            if (IsFar(window, rules)) faults.Add("window-far", HearingField.WindowStart, Jst.Text(window), Place(row));
        }

        // One window to come is enough: the hospital is not asked about the others, which may have been used already.
        if (windows.TrueForAll(each => each.Period.End <= rules.Now))
        {
            foreach (var (window, row) in windows) faults.Add("window-past", HearingField.WindowEnd, Jst.Text(window), Place(row));
        }

        return [.. windows.Select(static each => each.Period).OrderBy(static each => each.Start).ThenBy(static each => each.End)];
    }

    /// <summary>Times to avoid in order, those that can be read.</summary>
    internal static IReadOnlyList<Period> ReadAvoids(IReadOnlyList<PeriodAnswer> answers, HearingRules rules, FaultList faults)
    {
        var fields = new PeriodFields("avoid", HearingField.AvoidStart, HearingField.AvoidEnd, rules.LongestAvoid);
        return [.. Rows(answers)
            .Select(each => Read(each.Answer, each.Row, fields, faults))
            .OfType<Period>()
            .OrderBy(static each => each.Start)
            .ThenBy(static each => each.End)];
    }

    private static List<(PeriodAnswer Answer, int Row)> Rows(IReadOnlyList<PeriodAnswer> answers) =>
        [.. answers.Select(static (answer, index) => (Answer: answer, Row: index + 1)).Where(static each => each.Answer is not { Start: null, End: null, Reason.Length: 0 })];

    private static Period? Read(PeriodAnswer answer, int row, PeriodFields fields, FaultList faults)
    {
        if (answer.Start is null) faults.Add($"{fields.Kind}-start-missing", fields.Start, other: Place(row));
        if (answer.End is null) faults.Add($"{fields.Kind}-end-missing", fields.End, other: Place(row));
        if (answer is not { Start: { } start, End: { } end }) return null;

        var period = new Period(start, end);
        var code = period.Length <= TimeSpan.Zero ? $"{fields.Kind}-backwards" : period.Length > fields.Longest ? $"{fields.Kind}-too-long" : null;
        if (code is null) return period;
        faults.Add(code, fields.End, Jst.Text(period), Place(row));
        return null;
    }

    private static bool IsFar(Period window, HearingRules rules) => window.Start - rules.Now > rules.FarthestWindow;

    private static string Place(int row) => row.ToString(CultureInfo.InvariantCulture);

    private sealed record PeriodFields(string Kind, HearingField Start, HearingField End, TimeSpan Longest);
}
