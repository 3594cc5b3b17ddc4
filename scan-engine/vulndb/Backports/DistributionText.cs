using System.Text.RegularExpressions;
using VulnDiag.VulnDb.Cpe;

namespace VulnDiag.VulnDb.Backports;

/// <summary>Tells distribution, release and package revision from what banners and operators say.</summary>
/// <remarks>
/// Examples: <c>Debian-2+deb12u2</c> (OpenSSH), <c>1~deb12u3-Debian</c> (BIND), <c>0ubuntu0.22.04.1</c> (MariaDB), <c>Ubuntu-3ubuntu0.10</c>, <c>(CentOS)</c>,
/// <c>RedHat-9.11.4-26.P2.el7_9.15</c>, <c>Debian GNU/Linux 12 (bookworm)</c>, <c>1:9.2p1-2+deb12u3</c>, <c>debian:12</c>, <c>el8</c>, <c>amzn2</c>.
/// </remarks>
internal static partial class DistributionText
{
    private static readonly Dictionary<string, string> ByVendor = new(StringComparer.Ordinal)
    {
        ["debian"] = "debian", ["canonical"] = "ubuntu", ["redhat"] = "rhel", ["centos"] = "rhel", ["rocky"] = "rhel", ["almalinux"] = "rhel", ["fedoraproject"] = "fedora",
        ["amazon"] = "amazon", ["suse"] = "suse", ["opensuse"] = "suse", ["alpinelinux"] = "alpine",
    };

    /// <summary>The package that <paramref name="product"/> was installed from; null when nothing names a distribution.</summary>
    /// <param name="product">Product with version and update.</param>
    /// <param name="said">The operator's words, or null.</param>
    /// <param name="texts">Banner remainders.</param>
    /// <param name="platforms">What it runs on, as far as known.</param>
    /// <param name="neighbours">Banner remainders of other products of the same answer.</param>
    internal static InstalledPackage? Read(CpeName product, string? said, IEnumerable<string> texts, IEnumerable<CpeName> platforms, IEnumerable<string>? neighbours = null)
    {
        var upstream = product.Version + (product.Update is CpeName.Any or CpeName.NotApplicable ? "" : product.Update);
        string? distribution = null, release = null, revision = null;
        if (said is not null)
        {
            var words = ImageName().Replace(said.ToLowerInvariant(), "${name} ");
            distribution = DistributionOf(words);
            release = ReleaseOf(words);
            revision = RevisionOf(words, upstream);
        }

        foreach (var text in texts.Select(static text => text.ToLowerInvariant()))
        {
            distribution ??= DistributionOf(text);
            release ??= ReleaseOf(text);
            revision ??= RevisionOf(text, upstream);
        }

        foreach (var platform in platforms.Where(static platform => ByVendor.ContainsKey(platform.Vendor)))
        {
            distribution ??= ByVendor[platform.Vendor];
            release ??= ReleaseOf(platform);
        }

        var isByNeighbour = distribution is null;
        foreach (var text in (neighbours ?? []).Select(static text => text.ToLowerInvariant()))
        {
            distribution ??= DistributionOf(text);
            release ??= ReleaseOf(text);
        }

        if (distribution is null) return null;
        return new InstalledPackage(distribution, release, distribution is "debian" or "ubuntu" ? upstream : Plain(product), revision) { IsByNeighbour = isByNeighbour };
    }

    /// <summary>RPM puts a patch level into the release (9.11.4-26.P2.el7), but for those that stand in the version itself.</summary>
    private static string Plain(CpeName product) => product is { Product: "bind" } ? product.Version : product.Version + (product.Update is CpeName.Any or CpeName.NotApplicable ? "" : product.Update);

    private static string? DistributionOf(string text)
    {
        if (DebianRevision().IsMatch(text)) return "debian";
        if (UbuntuRevision().IsMatch(text)) return "ubuntu";
        return DistributionNames.DistributionIn(text) ?? (EnterpriseLinux().IsMatch(text) ? "rhel" : null);
    }

    private static string? ReleaseOf(string text)
    {
        if (DebianRevision().Match(text) is { Success: true } debian) return debian.Groups["release"].Value;
        if (UbuntuRelease().Match(text) is { Success: true } ubuntu) return ubuntu.Groups["release"].Value;
        if (EnterpriseLinux().Match(text) is { Success: true } enterprise) return enterprise.Groups["release"].Value;
        if (DistributionNames.ReleaseIn(text) is { } byName) return byName;
        return NamedRelease().Match(text) is { Success: true } named ? Shortened(named) : null;
    }

    /// <summary>Alpine tells releases apart by two numbers, the others by one.</summary>
    private static string Shortened(Match match) => string.Join('.', match.Groups["release"].Value.Split('.').Take(match.Groups["name"].Value is "alpine" ? 2 : 1));

    /// <summary>NVD writes Debian 12 as 12.0.</summary>
    private static string? ReleaseOf(CpeName platform)
    {
        if (platform.Version is CpeName.Any or CpeName.NotApplicable) return null;
        return platform.Vendor is "canonical" or "alpinelinux" ? platform.Version : platform.Version.Split('.')[0];
    }

    /// <summary>What stands behind the upstream version; else what has a form that only revisions have.</summary>
    private static string? RevisionOf(string text, string upstream)
    {
        var at = text.IndexOf(upstream, StringComparison.Ordinal);
        if (at >= 0 && upstream.Length > 1 && BehindUpstream().Match(text, at + upstream.Length) is { Success: true } behind) return behind.Groups["revision"].Value;
        return Revision().Match(text) is { Success: true } match ? match.Groups["revision"].Value : null;
    }

    /// <summary>The suffix of a security or stable update: +deb12u2, ~deb12u3.</summary>
    [GeneratedRegex(@"[+~]deb(?<release>[0-9]+)u[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex DebianRevision();

    [GeneratedRegex(@"[0-9]ubuntu[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex UbuntuRevision();

    /// <summary>0ubuntu0.22.04.1, or in words.</summary>
    [GeneratedRegex(@"ubuntu(0\.|[ :_-]*(linux )?)(?<release>[0-9]{2}\.(04|10))\b", RegexOptions.CultureInvariant)]
    private static partial Regex UbuntuRelease();

    [GeneratedRegex(@"\bel(?<release>[0-9]+)(?![0-9a-z])|\.el(?<release>[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EnterpriseLinux();

    /// <summary>Debian GNU/Linux 12, CentOS Linux 7.9, Rocky Linux release 8, SLES 15, Alpine v3.19; not the version of a Debian package.</summary>
    [GeneratedRegex(
        @"(?<name>debian|raspbian|red ?hat|rhel|centos|rocky|alma|oracle|fedora|alpine|amazon|amzn|sles|suse)( ?gnu/linux| ?enterprise| ?linux| release| server| stream| leap)* ?v?(?<release>(?>[0-9]+(\.[0-9]+)*))(?![-+~][0-9a-z])",
        RegexOptions.CultureInvariant)]
    private static partial Regex NamedRelease();

    /// <summary>As the names of images have it: debian:12, rhel-8, ubuntu_22.04. Debian-5 stays a revision.</summary>
    [GeneratedRegex(
        @"(?<name>debian|raspbian|ubuntu|rhel|ubi|centos|rocky|rockylinux|alma|almalinux|oraclelinux|fedora|alpine|amazonlinux|sles)(:|[-_](?=([7-9]|[1-9][0-9])(?![0-9+~])))v?(?=[0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex ImageName();

    /// <summary>A portable level that the server does not tell and the mark of a repacked source may come between: p1, +dfsg, ~ds1.</summary>
    [GeneratedRegex(@"\G(p[0-9]+)?([+~][0-9a-z.]+)*-(?<revision>[0-9][0-9a-z.+~_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex BehindUpstream();

    /// <summary>What stands after the distribution's name and a hyphen, before it, or alone with a suffix of its own; not behind another product's version.</summary>
    [GeneratedRegex(@"(?:debian|ubuntu|raspbian)-(?<revision>[0-9][0-9a-z.+~]*)|(?<![0-9]-|[0-9a-z.+~])(?<revision>[0-9][0-9a-z.+~]*?(?:[+~]deb[0-9]+u[0-9]+|(?:squeeze|lenny|etch|sarge|woody)[0-9.]*|ubuntu[0-9][0-9a-z.~]*))", RegexOptions.CultureInvariant)]
    private static partial Regex Revision();
}
