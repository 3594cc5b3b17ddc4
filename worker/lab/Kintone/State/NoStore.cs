namespace VulnDiag.Lab.Kintone.State;

/// <summary>The store of an emulator that lives in memory only.</summary>
internal sealed class NoStore : IDocumentStore
{
    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, ITable> tables)
    {
    }

    /// <inheritdoc/>
    public void Write(IEnumerable<(string Table, string Key, IDocument? Document)> changes)
    {
    }

    /// <inheritdoc/>
    public string? Read(string table, string key) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
