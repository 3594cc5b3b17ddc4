namespace VulnDiag.VulnDb.Versions;

/// <summary>Which scheme orders the versions of which product (version-schemes.csv); the general one all others.</summary>
internal static class VersionSchemes
{
    private static readonly GeneralScheme General = new();

    private static readonly Dictionary<string, IVersionScheme> ById =
        new IVersionScheme[] { General, new OpenSshScheme(General), new BindScheme(General), new CiscoTrainScheme(General), new BuildScheme(General), new ZyxelScheme(General) }
            .ToDictionary(static scheme => scheme.Id, StringComparer.Ordinal);

    // An asterisk stands for every product of the vendor.
    private static readonly Dictionary<string, IVersionScheme> ByProduct =
        EmbeddedData.Rows("Versions.version-schemes.csv").ToDictionary(static cells => cells[0], static cells => ById[cells[1]], StringComparer.Ordinal);

    /// <summary>The scheme of a product, by vendor and product as a CPE name writes them.</summary>
    internal static IVersionScheme Of(string vendor, string product) =>
        ByProduct.GetValueOrDefault($"{vendor}:{product}") ?? ByProduct.GetValueOrDefault($"{vendor}:*") ?? General;
}
