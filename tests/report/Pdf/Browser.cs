namespace VulnDiag.Report.Pdf;

/// <summary>Tests that print need Debian's browser and font; without them they skip and say so.</summary>
internal static class Browser
{
    internal static void Require()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "Debian's package chromium is not installed.");
        Assert.SkipUnless(Directory.Exists("/usr/share/fonts/truetype/bizud-gothic"), "Debian's package fonts-morisawa-bizud-gothic is not installed.");
    }
}
