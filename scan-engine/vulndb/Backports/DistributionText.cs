using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Backports;

/// <summary>Tells distribution, release and package revision from what banners and operators say.</summary>
/// <remarks>
/// Examples: <c>Debian-2+deb12u2</c> (OpenSSH), <c>1~deb12u3-Debian</c> (BIND), <c>0ubuntu0.22.04.1</c> (MariaDB), <c>Ubuntu-3ubuntu0.10</c>, <c>(CentOS)</c>,
/// <c>RedHat-9.11.4-26.P2.el7_9.15</c>, <c>Debian GNU/Linux 12 (bookworm)</c>.
/// </remarks>
internal static partial class DistributionText
{
    private static readonly (string Word, string Distribution, string? Release)[] Words =
        [.. EmbeddedData.Rows("Backports.distributions.csv").Select(static cells => (cells[0], cells[1], cells[2].Length == 0 ? null : cells[2]))];

    private static readonly Dictionary<string, string> ByVendor = new(StringComparer.Ordinal)
    {
        ["debian"] = "debian", ["canonical"] = "ubuntu", ["redhat"] = "rhel", ["centos"] = "rhel", ["rocky"] = "rhel", ["almalinux"] = "rhel", ["fedoraproject"] = "fedora",
        ["amazon"] = "amazon", ["suse"] = "suse", ["opensuse"] = "suse", ["alpinelinux"] = "alpine",
    };

    /// <summary>The package that <paramref name="product"/> was installed from; null when no text names a distribution.</summary>
    /// <param name="product">Product with version and update.</param>
    /// <param name="texts">Banner remainders and the operator's words.</param>
    /// <param name="platforms">What it runs on, as far as known.</param>
    internal static InstalledPackage? Read(CpeName product, IEnumerable<string> texts, IEnumerable<CpeName> platforms)
    {
        string? distribution = null, release = null, revision = null;
        foreach (var text in texts.Select(static text => text.ToLowerInvariant()))
        {
            distribution ??= DistributionOf(text);
            release ??= ReleaseOf(text);
            revision ??= RevisionOf(text);
        }

        foreach (var platform in platforms.Where(static platform => ByVendor.ContainsKey(platform.Vendor)))
        {
            distribution ??= ByVendor[platform.Vendor];
            release ??= ReleaseOf(platform);
        }

        if (distribution is null) return null;
        var update = product.Update is CpeName.Any or CpeName.NotApplicable ? "" : product.Update;
        return new InstalledPackage(distribution, release, product.Version + update, revision);
    }

    private static string? DistributionOf(string text)
    {
        if (DebianRevision().IsMatch(text)) return "debian";
        if (UbuntuRevision().IsMatch(text)) return "ubuntu";
        if (EnterpriseLinux().IsMatch(text)) return "rhel";
        return Words.FirstOrDefault(each => text.Contains(each.Word, StringComparison.Ordinal)).Distribution;
    }

    private static string? ReleaseOf(string text)
    {
        if (DebianRevision().Match(text) is { Success: true } debian) return debian.Groups["release"].Value;
        if (UbuntuRelease().Match(text) is { Success: true } ubuntu) return ubuntu.Groups["release"].Value;
        if (EnterpriseLinux().Match(text) is { Success: true } enterprise) return enterprise.Groups["release"].Value;
        if (Words.FirstOrDefault(each => each.Release is not null && text.Contains(each.Word, StringComparison.Ordinal)).Release is { } byName) return byName;
        return NamedRelease().Match(text) is { Success: true } named ? named.Groups["release"].Value : null;
    }

    /// <summary>NVD writes Debian 12 as 12.0.</summary>
    private static string? ReleaseOf(CpeName platform)
    {
        if (platform.Version is CpeName.Any or CpeName.NotApplicable) return null;
        return platform.Version.EndsWith(".0", StringComparison.Ordinal) ? platform.Version[..^2] : platform.Version;
    }

    private static string? RevisionOf(string text) => Revision().Match(text) is { Success: true } match ? match.Groups["revision"].Value : null;

    /// <summary>The suffix of a security or stable update: +deb12u2, ~deb12u3.</summary>
    [GeneratedRegex(@"[+~]deb(?<release>[0-9]+)u[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex DebianRevision();

    [GeneratedRegex(@"[0-9]ubuntu[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex UbuntuRevision();

    /// <summary>0ubuntu0.22.04.1, or in words.</summary>
    [GeneratedRegex(@"ubuntu(0\.|[ -]?(linux )?)(?<release>[0-9]{2}\.(04|10))\b", RegexOptions.CultureInvariant)]
    private static partial Regex UbuntuRelease();

    [GeneratedRegex(@"\bel(?<release>[0-9]+)(?![0-9a-z])|\.el(?<release>[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EnterpriseLinux();

    /// <summary>Debian GNU/Linux 12, CentOS Linux 7.9, Rocky Linux release 8.</summary>
    [GeneratedRegex(@"(debian|raspbian|red ?hat|rhel|centos|rocky|almalinux|oracle linux|fedora|alpine)( gnu/linux| enterprise| linux| release| server)* ?v?(?<release>[0-9]+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NamedRelease();

    /// <summary>What stands after the distribution's name and a hyphen, before it, or alone with a suffix of its own.</summary>
    [GeneratedRegex(@"(?:debian|ubuntu|raspbian)-(?<revision>[0-9][0-9a-z.+~]*)|(?<revision>[0-9][0-9a-z.+~]*(?:[+~]deb[0-9]+u[0-9]+|ubuntu[0-9][0-9a-z.~]*))", RegexOptions.CultureInvariant)]
    private static partial Regex Revision();
}
