namespace VulnDiag.VulnDb.Store;

/// <summary>Which version's score is shown where there are several: v3.1, v3.0, v4.0, v2.</summary>
/// <remarks>Source: SPEC "Scanning".</remarks>
internal static class ScoreOrder
{
    private static readonly string[] Versions = ["3.1", "3.0", "4.0", "2.0"];

    /// <summary>0 for the first choice; more for later ones and for none.</summary>
    internal static int Of(string? version) => Array.IndexOf(Versions, version) is >= 0 and var order ? order : Versions.Length;
}
