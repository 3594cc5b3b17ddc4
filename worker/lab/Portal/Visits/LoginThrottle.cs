namespace VulnDiag.Lab.Portal.Visits;

/// <summary>Slows down the guessing of passwords: after some failures a login name rests, whether there is such a user or not. Thread-safe.</summary>
/// <remarks>By name and not by address: all visitors come from loopback. Source: OWASP, "Authentication Cheat Sheet".</remarks>
internal sealed class LoginThrottle(TimeProvider time)
{
    /// <summary>Failures in a row before a name rests.</summary>
    public const int MostFailures = 5;

    /// <summary>How long a name rests, counted from its last failure.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    private const int MostNames = 10_000;

    private readonly Dictionary<string, (int Failures, DateTimeOffset Last)> _names = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Whether a name rests now.</summary>
    public bool Rests(string name)
    {
        lock (_lock) return Failures(name) >= MostFailures;
    }

    /// <summary>Counts a failure.</summary>
    public void Failed(string name)
    {
        lock (_lock)
        {
            if (_names.Count >= MostNames) _names.Clear();
            _names[name] = (Failures(name) + 1, time.GetUtcNow());
        }
    }

    /// <summary>Forgets a name's failures after a login.</summary>
    public void Succeeded(string name)
    {
        lock (_lock) _names.Remove(name);
    }

    private int Failures(string name) =>
        _names.TryGetValue(name, out var counted) && time.GetUtcNow() - counted.Last < Rest ? counted.Failures : 0;
}
