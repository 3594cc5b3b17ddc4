namespace VulnDiag.Lab.Kintone.State;

/// <summary>A table as the store sees it.</summary>
internal interface ITable
{
    /// <summary>The table's name in the store; persisted, never changed.</summary>
    string Name { get; }

    /// <summary>Takes in a document read from the store.</summary>
    void Load(string body);
}
