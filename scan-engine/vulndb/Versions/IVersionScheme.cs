namespace VulnDiag.VulnDb.Versions;

/// <summary>How the versions of some products are ordered. A file per scheme.</summary>
internal interface IVersionScheme : IComparer<string>
{
    /// <summary>Short name, as documents and tests say it.</summary>
    string Id { get; }

    /// <summary>True when some versions have no order to others.</summary>
    bool HasLines => false;

    /// <summary>How a version that was found lies to one that a record names: below, at or above it; null where the two are of different lines and have no order.</summary>
    int? Place(string found, string named) => Compare(found, named);
}
