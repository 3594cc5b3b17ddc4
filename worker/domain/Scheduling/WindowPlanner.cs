using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

/// <summary>What windows must keep to.</summary>
public sealed record PlanningRules
{
    /// <summary>Five business days ahead, pieces of half an hour or more.</summary>
    public static PlanningRules Default { get; } = new();

    /// <summary>Business days between fixing a window and its start, so that vendors can answer.</summary>
    public int BusinessDaysAhead { get; init; } = 5;

    /// <summary>A shorter piece between two times to avoid is not used.</summary>
    public TimeSpan ShortestPiece { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Business days.</summary>
    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.Default;
}

/// <summary>Windows that were chosen, or how much time they lack.</summary>
/// <param name="Windows">In order, not overlapping; empty when they would not suffice.</param>
/// <param name="Missing">Zero when the forecast fits.</param>
public sealed record WindowPlan(IReadOnlyList<Period> Windows, TimeSpan Missing);

/// <summary>Chooses the windows of a diagnosis: the hospital's candidates minus its times to avoid.</summary>
public static class WindowPlanner
{
    /// <summary>The first candidates that hold <paramref name="forecast"/>, none of them sooner than the rules allow.</summary>
    /// <param name="candidates">診断候補日時.</param>
    /// <param name="avoid">回避時間帯; they stay inside the chosen windows and are left out of the time that counts.</param>
    /// <param name="forecast">Time that the scans need.</param>
    /// <param name="now">Now.</param>
    /// <param name="rules">What windows must keep to.</param>
    public static WindowPlan Fix(
        IReadOnlyList<Period> candidates, IReadOnlyList<Period> avoid, TimeSpan forecast, DateTimeOffset now, PlanningRules rules)
    {
        var earliest = Jst.StartOf(rules.Calendar.AddBusinessDays(Jst.DayOf(now), rules.BusinessDaysAhead));
        var chosen = new List<Period>();
        var usable = TimeSpan.Zero;
        foreach (var window in Merge(candidates.Where(window => window.Start >= earliest)))
        {
            if (usable >= forecast && chosen.Count > 0) break;
            var pieces = Subtract([window], avoid).Where(piece => piece.Length >= rules.ShortestPiece).ToList();
            if (pieces.Count == 0) continue;
            chosen.Add(window);
            usable += Sum(pieces);
        }

        return chosen.Count > 0 && usable >= forecast
            ? new WindowPlan(chosen, TimeSpan.Zero)
            : new WindowPlan([], forecast > usable ? forecast - usable : rules.ShortestPiece);
    }

    /// <summary>What is left of <paramref name="windows"/> when <paramref name="avoid"/> is taken away; sorted, not overlapping.</summary>
    public static IReadOnlyList<Period> Subtract(IReadOnlyList<Period> windows, IReadOnlyList<Period> avoid)
    {
        IEnumerable<Period> left = Merge(windows);
        foreach (var hole in Merge(avoid)) left = left.SelectMany(window => Without(window, hole)).ToList();
        return [.. left];
    }

    /// <summary>Sorted, with overlapping and adjacent ones joined.</summary>
    public static IReadOnlyList<Period> Merge(IEnumerable<Period> periods)
    {
        var merged = new List<Period>();
        foreach (var period in periods.OrderBy(static period => period.Start))
        {
            if (merged.Count > 0 && period.Start <= merged[^1].End)
                merged[^1] = merged[^1] with { End = period.End > merged[^1].End ? period.End : merged[^1].End };
            else
                merged.Add(period);
        }

        return merged;
    }

    private static IEnumerable<Period> Without(Period window, Period hole)
    {
        if (hole.End <= window.Start || hole.Start >= window.End) return [window];
        var pieces = new List<Period>();
        if (hole.Start > window.Start) pieces.Add(window with { End = hole.Start });
        if (hole.End < window.End) pieces.Add(window with { Start = hole.End });
        return pieces;
    }

    private static TimeSpan Sum(IEnumerable<Period> pieces) => pieces.Aggregate(TimeSpan.Zero, static (sum, piece) => sum + piece.Length);
}
