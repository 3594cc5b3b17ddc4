namespace VulnDiag.VulnDb.Versions;

/// <summary>Synology's 6.2-23739-1 and SonicWall's 7.0.1-5030: a release, then the build behind a hyphen, so that 6.2-23739 comes before 6.2.1-23824.</summary>
/// <remarks>Source: Synology, "Release Notes for DSM"; SonicWall, "SonicOS release notes" (numbering of builds).</remarks>
internal sealed class BuildScheme(IVersionScheme general) : IVersionScheme
{
    public string Id => "build";

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        var order = general.Compare(left.Release, right.Release);
        return order != 0 ? order : general.Compare(left.Build, right.Build);
    }

    private static (string Release, string Build) Split(string version)
    {
        var hyphen = version.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? (version, "") : (version[..hyphen], version[hyphen..]);
    }
}
