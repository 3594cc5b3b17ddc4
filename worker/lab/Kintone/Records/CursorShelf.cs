using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Rights;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>A cursor: the hits of a query when it was made, read page by page.</summary>
internal sealed record Cursor(string Id, string UserCode, long App, IReadOnlyList<long> Records, IReadOnlyList<string> Fields, int Size)
{
    /// <summary>How many hits were handed out.</summary>
    public int Position { get; init; }

    /// <summary>When it was made or last read.</summary>
    public required DateTimeOffset Touched { get; init; }
}

/// <summary>The cursors of the tenant: ten at most, ten minutes each. They live in memory; a restart forgets them, as kintone may at any time.</summary>
/// <remarks>Used under the tenant's lock. Source: kintone, "カーソルを作成する", "カーソルからレコードを取得する".</remarks>
internal sealed class CursorShelf
{
    private const int MaxCursors = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Cursor> _cursors = new(StringComparer.Ordinal);

    /// <summary>Keeps a new cursor.</summary>
    /// <exception cref="Refusal">There are ten already.</exception>
    public void Add(Cursor cursor, DateTimeOffset now)
    {
        foreach (var old in _cursors.Values.Where(old => now - old.Touched >= Lifetime).ToList()) _cursors.Remove(old.Id);
        if (_cursors.Count >= MaxCursors) throw Refusals.TooManyCursors();
        _cursors[cursor.Id] = cursor;
    }

    /// <summary>The cursor of <paramref name="id"/>; somebody else's is not found.</summary>
    /// <exception cref="Refusal">It is gone, used up, or not the caller's.</exception>
    public Cursor Find(string id, Caller caller, DateTimeOffset now)
    {
        var isThere = _cursors.TryGetValue(id, out var cursor) && cursor.UserCode == caller.Code && now - cursor.Touched < Lifetime;
        return isThere ? cursor! : throw Refusals.CursorNotFound();
    }

    /// <summary>Keeps the cursor's new position.</summary>
    public void Replace(Cursor cursor) => _cursors[cursor.Id] = cursor;

    /// <summary>Forgets the cursor.</summary>
    public void Remove(Cursor cursor) => _cursors.Remove(cursor.Id);
}
