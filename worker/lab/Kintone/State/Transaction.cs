namespace VulnDiag.Lab.Kintone.State;

/// <summary>Changes of one request, seen at once by the request itself, and either all kept or all undone.</summary>
/// <remarks>Not thread-safe: the tenant's lock is held from the first change to <see cref="Commit"/> or <see cref="Rollback"/>.</remarks>
internal sealed class Transaction(IDocumentStore store)
{
    private readonly Dictionary<(string Table, string Key), IDocument?> _changes = [];
    private readonly Stack<Action> _undo = new();
    private readonly List<Action> _afterCommit = [];

    /// <summary>Whether anything was changed.</summary>
    public bool HasChanges => _changes.Count > 0;

    /// <summary>Adds or replaces a document.</summary>
    public void Put<T>(Table<T> table, T document)
        where T : class, IDocument => Change(table, document.Key, document);

    /// <summary>Takes a document out.</summary>
    public void Remove<T>(Table<T> table, T document)
        where T : class, IDocument => Change(table, document.Key, null);

    /// <summary>Runs <paramref name="action"/> once the changes are kept; not at all when they are undone.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Keeps all changes: they are in the store when this returns.</summary>
    public void Commit()
    {
        if (HasChanges) store.Write(_changes.Select(change => (change.Key.Table, change.Key.Key, change.Value)));
        _undo.Clear();
        _changes.Clear();
        foreach (var action in _afterCommit) action();
        _afterCommit.Clear();
    }

    /// <summary>Undoes all changes.</summary>
    public void Rollback()
    {
        while (_undo.TryPop(out var undo)) undo();
        _changes.Clear();
        _afterCommit.Clear();
    }

    private void Change<T>(Table<T> table, string key, T? document)
        where T : class, IDocument
    {
        var before = table.Find(key);
        _undo.Push(() => table.Apply(key, before));
        _changes[(table.Name, key)] = document;
        table.Apply(key, document);
    }
}
