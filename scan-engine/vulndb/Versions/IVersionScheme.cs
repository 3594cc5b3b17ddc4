namespace VulnDiag.VulnDb.Versions;

/// <summary>How the versions of some products are ordered. A file per scheme.</summary>
internal interface IVersionScheme : IComparer<string>
{
    /// <summary>Short name, as documents and tests say it.</summary>
    string Id { get; }
}
