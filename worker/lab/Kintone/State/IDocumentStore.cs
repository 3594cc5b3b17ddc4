namespace VulnDiag.Lab.Kintone.State;

/// <summary>Where the documents live beyond the process.</summary>
internal interface IDocumentStore : IDisposable
{
    /// <summary>Whether another process may write to it too.</summary>
    bool IsShared { get; }

    /// <summary>Fills the tables from the store.</summary>
    void Load(IReadOnlyDictionary<string, ITable> tables);

    /// <summary>Writes changes, all or none; they survive a kill once this returns. A null document is taken out.</summary>
    void Write(IEnumerable<(string Table, string Key, IDocument? Document)> changes);

    /// <summary>The body of one document, or null: for what another process may have added.</summary>
    string? Read(string table, string key);
}
