using System.Globalization;
using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Data;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Scheduling;

/// <summary>How long a state may wait.</summary>
/// <param name="Due">The deadline, at the close of a business day.</param>
/// <param name="Reminders">When to remind, in order, at the opening of business days.</param>
/// <param name="Escalation">When the coordinator is told; at the opening of the business day after it is due, or earlier.</param>
public sealed record Deadline(DateTimeOffset Due, IReadOnlyList<DateTimeOffset> Reminders, DateTimeOffset Escalation);

/// <summary>The deadline of each waiting state, from deadlines.csv, in business days from its start.</summary>
/// <remarks>診断待ち, 当日IP確認中 and 診断中 wait for their window, which is their deadline. Source: SPEC "The life of an engagement", "Mail" 8.</remarks>
public static class Deadlines
{
    private sealed record Row(int Due, IReadOnlyList<int> Reminders, int Escalation);

    private static readonly Dictionary<EngagementState, Row> Rows = EmbeddedCsv.Rows("Scheduling.deadlines.csv").ToDictionary(
        static row => Enum.Parse<EngagementState>(row["state"]),
        static row => new Row(
            Number(row["due"]),
            [.. row["reminders"].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Number)],
            Number(row["escalation"])));

    /// <summary>The deadline of a state that was entered at <paramref name="since"/>; null where it has none of its own.</summary>
    public static Deadline? Of(EngagementState state, DateTimeOffset since, BusinessCalendar calendar) =>
        Rows.TryGetValue(state, out var row)
            ? new Deadline(
                calendar.CloseAfter(since, row.Due),
                [.. row.Reminders.Select(days => calendar.OpeningAfter(since, days))],
                row.Escalation < row.Due ? calendar.OpeningAfter(since, row.Escalation) : calendar.CloseAfter(since, row.Due))
            : null;

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
