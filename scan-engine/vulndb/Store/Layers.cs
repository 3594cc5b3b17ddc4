namespace VulnDiag.VulnDb.Store;

/// <summary>Whose word a record is. The numbers are persisted: they grow, they do not change.</summary>
internal enum Layer
{
    /// <summary>Configurations that replace all others.</summary>
    Override = 0,

    /// <summary>NVD.</summary>
    Nvd = 1,

    /// <summary>The CVE programme, for what NVD has not analysed.</summary>
    CveProgramme = 2,

    /// <summary>The CVE programme, where a record names the product in words alone.</summary>
    ProductInWords = 3,
}

/// <summary>Record numbers: a CVE's layers lie side by side.</summary>
internal static class Layers
{
    internal const int PerCve = 4;

    internal static long Id(long cve, Layer layer) => (cve * PerCve) + (int)layer;

    internal static Layer Of(long id) => (Layer)(id % PerCve);
}
