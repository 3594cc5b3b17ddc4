namespace VulnDiag.Lab.Kintone.State;

/// <summary>A table whose documents belong to a parent and are listed by it in the order of their ids: records of an app, comments of a record.</summary>
internal class ChildTable<T>(string name, Func<T, string> parentOf, Func<T, long> idOf) : Table<T>(name)
    where T : class, IDocument
{
    private readonly Dictionary<string, SortedDictionary<long, T>> _children = new(StringComparer.Ordinal);

    /// <summary>The documents of a parent, lowest id first.</summary>
    public IReadOnlyCollection<T> Of(string parent) =>
        _children.TryGetValue(parent, out var children) ? children.Values : [];

    /// <inheritdoc/>
    protected override void OnChanged(T? before, T? after)
    {
        if (after is null)
        {
            _children[parentOf(before!)].Remove(idOf(before!));
            return;
        }

        var parent = parentOf(after);
        if (!_children.TryGetValue(parent, out var children)) _children[parent] = children = [];
        children[idOf(after)] = after;
    }
}
