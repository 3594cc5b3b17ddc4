using System.Diagnostics.CodeAnalysis;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>Documents of one kind by key. Changed only through <see cref="Transaction"/>.</summary>
internal class Table<T>(string name) : ITable
    where T : class, IDocument
{
    private readonly Dictionary<string, T> _documents = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>All documents, in no order.</summary>
    public IEnumerable<T> All => _documents.Values;

    /// <summary>The document of <paramref name="key"/>, or null.</summary>
    public T? Find(string key) => _documents.GetValueOrDefault(key);

    /// <summary>Whether there is a document of <paramref name="key"/>.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out T? document) => _documents.TryGetValue(key, out document);

    /// <inheritdoc/>
    public void Load(string body) => Set(LabJson.Read<T>(body));

    /// <summary>Puts a document in, or takes the one of the same key out when <paramref name="document"/> is null.</summary>
    internal void Apply(string key, T? document)
    {
        if (document is null) Remove(key);
        else Set(document);
    }

    /// <summary>Called after a document came in (no <paramref name="before"/>), changed, or went (no <paramref name="after"/>).</summary>
    protected virtual void OnChanged(T? before, T? after)
    {
    }

    private void Set(T document)
    {
        var before = Find(document.Key);
        _documents[document.Key] = document;
        OnChanged(before, document);
    }

    private void Remove(string key)
    {
        if (_documents.Remove(key, out var gone)) OnChanged(gone, null);
    }
}
