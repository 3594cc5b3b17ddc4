namespace VulnDiag.Lab.Kintone;

/// <summary>Requests counted per app and day, as kintone counts them: the day begins at 09:00 in Japan, which is midnight in UTC. Thread-safe.</summary>
/// <remarks>Source: kintone, "リクエスト数の上限" (10,000 a day and app in the standard course). Uploads name no app and count for app 0.</remarks>
public sealed class RequestCounter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long App, DateOnly Day, string User, string Request), int> _counts = [];

    /// <summary>All requests so far for an app.</summary>
    public int Total(long app) => Sum(entry => entry.App == app);

    /// <summary>All requests so far.</summary>
    public int All => Sum(_ => true);

    /// <summary>The requests for an app on a day (UTC).</summary>
    public int OnDay(long app, DateOnly day) => Sum(entry => entry.App == app && entry.Day == day);

    /// <summary>All requests so far of a user; tokens are Administrator.</summary>
    public int Of(string user) => Sum(entry => entry.User == user);

    /// <summary>A copy of all counts: app, day, login name, method and resource, number.</summary>
    public IReadOnlyList<(long App, DateOnly Day, string User, string Request, int Count)> Snapshot()
    {
        lock (_lock) return [.. _counts.Select(entry => (entry.Key.App, entry.Key.Day, entry.Key.User, entry.Key.Request, entry.Value)).Order()];
    }

    /// <summary>Starts again from nothing.</summary>
    public void Reset()
    {
        lock (_lock) _counts.Clear();
    }

    internal void Count(IEnumerable<long> apps, string user, string method, string resource, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        lock (_lock)
        {
            foreach (var app in apps.DefaultIfEmpty(0))
            {
                var key = (app, day, user, $"{method} {resource}");
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
            }
        }
    }

    private int Sum(Func<(long App, DateOnly Day, string User, string Request), bool> matches)
    {
        lock (_lock) return _counts.Where(entry => matches(entry.Key)).Sum(entry => entry.Value);
    }
}
