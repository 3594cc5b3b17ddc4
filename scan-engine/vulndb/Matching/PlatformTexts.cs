using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Matching;

/// <summary>Tells what a product runs on from what its banner says: a distribution, (Win64), FreeBSD-20240701 (platform-words.csv).</summary>
internal static class PlatformTexts
{
    private static readonly (string Word, string Vendor, string Product)[] Words =
        [.. EmbeddedData.Rows("Matching.platform-words.csv").Select(static cells => (cells[0], cells[1], cells[2]))];

    private static readonly Dictionary<string, CpeName> ByDistribution =
        EmbeddedData.Rows("Matching.distribution-platforms.csv").ToDictionary(static cells => cells[0], static cells => new CpeName { Part = "o", Vendor = cells[1], Product = cells[2] }, StringComparer.Ordinal);

    private static readonly CpeName LinuxKernel = new() { Part = "o", Vendor = "linux", Product = "linux_kernel" };

    /// <summary>What it runs on; empty while nothing tells.</summary>
    internal static IReadOnlyList<CpeName> Read(CpeName product, InstalledPackage? installed, IEnumerable<string> texts)
    {
        if (installed is not null) return [Of(installed)];
        foreach (var text in texts)
        {
            foreach (var (word, vendor, name) in Words)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return [new CpeName { Part = "o", Vendor = vendor, Product = name }];
            }
        }

        // What Microsoft sells as a server runs on its own system.
        return product is { Vendor: "microsoft", Part: "a" } ? [new CpeName { Part = "o", Vendor = "microsoft", Product = "windows" }] : [];
    }

    private static CpeName Of(InstalledPackage installed)
    {
        var platform = ByDistribution.GetValueOrDefault(installed.Distribution, LinuxKernel);
        return installed.Release is { } release ? platform with { Version = release.Contains('.', StringComparison.Ordinal) ? release : release + ".0" } : platform;
    }
}
