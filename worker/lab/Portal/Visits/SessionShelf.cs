namespace VulnDiag.Lab.Portal.Visits;

/// <summary>The sessions, in memory: a restart of the emulator logs everybody out. Thread-safe.</summary>
internal sealed class SessionShelf(TimeProvider time)
{
    /// <summary>How long a browser may be silent.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(60);

    /// <summary>How long a session lives at most.</summary>
    public static readonly TimeSpan AgeLimit = TimeSpan.FromHours(12);

    /// <summary>Sessions at once; a new one pushes out the one that was silent longest. Bounds what visitors without a login can fill.</summary>
    private const int Most = 2_000;

    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Begins a session; a user's takes the place of the one before the login.</summary>
    /// <returns>The session, and what the browser is to keep.</returns>
    public (Session Session, string Cookie) Begin(string? user, Session? before)
    {
        var cookie = Secrets.New();
        var now = time.GetUtcNow();
        var session = new Session(Secrets.HashOf(cookie), user, now);
        lock (_lock)
        {
            if (before is not null) _sessions.Remove(before.Id);
            if (_sessions.Count >= Most) Shrink(now);
            _sessions[session.Id] = session;
        }

        return (session, cookie);
    }

    /// <summary>The session of a cookie; null when there is none, or none any more.</summary>
    public Session? Find(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie)) return null;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_sessions.TryGetValue(Secrets.HashOf(cookie), out var session)) return null;
            if (IsOver(session, now))
            {
                _sessions.Remove(session.Id);
                return null;
            }

            session.SeenAt = now;
            return session;
        }
    }

    /// <summary>Ends a session.</summary>
    public void End(Session session)
    {
        lock (_lock) _sessions.Remove(session.Id);
    }

    private static bool IsOver(Session session, DateTimeOffset now) => now - session.SeenAt >= IdleLimit || now - session.StartedAt >= AgeLimit;

    private void Shrink(DateTimeOffset now)
    {
        foreach (var over in _sessions.Values.Where(session => IsOver(session, now)).ToList()) _sessions.Remove(over.Id);
        if (_sessions.Count < Most) return;
        var victim = _sessions.Values.OrderBy(session => session.User is not null).ThenBy(session => session.SeenAt).First();
        _sessions.Remove(victim.Id);
    }
}
