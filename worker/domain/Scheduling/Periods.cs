using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

/// <summary>Sets of instants as sorted periods that neither overlap nor touch.</summary>
public static class Periods
{
    /// <summary>The same instants in as few periods as possible; overlapping and adjacent ones become one.</summary>
    public static IReadOnlyList<Period> Merge(IEnumerable<Period> periods)
    {
        var merged = new List<Period>();
        foreach (var period in periods.Where(static each => each.Length > TimeSpan.Zero).OrderBy(static each => each.Start))
        {
            if (merged.Count == 0 || period.Start > merged[^1].End) merged.Add(period);
            else if (period.End > merged[^1].End) merged[^1] = merged[^1] with { End = period.End };
        }

        return merged;
    }

    /// <summary>The instants of <paramref name="periods"/> that lie in none of <paramref name="avoid"/>.</summary>
    public static IReadOnlyList<Period> Subtract(IEnumerable<Period> periods, IEnumerable<Period> avoid)
    {
        var holes = Merge(avoid);
        return [.. Merge(periods).SelectMany(period => Without(period, holes))];
    }

    private static IEnumerable<Period> Without(Period period, IReadOnlyList<Period> holes)
    {
        var start = period.Start;
        foreach (var hole in holes.Where(hole => hole.Start < period.End && hole.End > period.Start))
        {
            if (hole.Start > start) yield return new Period(start, hole.Start);
            start = hole.End;
        }

        if (start < period.End) yield return period with { Start = start };
    }
}
