using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>A browser that the portal knows: before a login nobody's, after it a user's. Every login makes a new one.</summary>
internal sealed class Session(string id, string? user, DateTimeOffset startedAt)
{
    /// <summary>The hash under which the session is kept; the browser alone has what it is made of.</summary>
    public string Id { get; } = id;

    /// <summary>The login name, or null before the login.</summary>
    public string? User { get; } = user;

    /// <summary>What every form of this session carries, and no other site can know.</summary>
    public string Token { get; } = Secrets.New();

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>When the browser was last heard of.</summary>
    public DateTimeOffset SeenAt { get; set; } = startedAt;

    /// <summary>A sentence to be shown on the next page, once.</summary>
    public string? Notice { get; set; }

    /// <summary>Whether a form came from a page of this session.</summary>
    public bool Owns(string? token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token ?? ""), Encoding.UTF8.GetBytes(Token));
}
