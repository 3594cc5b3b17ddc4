namespace VulnDiag.VulnDb.Backports;

/// <summary>Words by which people, servers and fix tables name a distribution or one of its releases (distributions.csv).</summary>
internal static class DistributionNames
{
    private static readonly (string Word, string Distribution, string? Release)[] Words =
        [.. EmbeddedData.Rows("Backports.distributions.csv").Select(static cells => (cells[0], cells[1], cells[2].Length == 0 ? null : cells[2]))];

    /// <summary>The distribution that a lower-case text names as a word of its own; releases' names come first.</summary>
    internal static string? DistributionIn(string text) => Words.FirstOrDefault(each => Contains(text, each.Word)).Distribution;

    /// <summary>The release that a lower-case text gives by name.</summary>
    internal static string? ReleaseIn(string text) => Words.FirstOrDefault(each => each.Release is not null && Contains(text, each.Word)).Release;

    /// <summary>A fix table's distribution and release as they are compared here: bookworm is 12, centos is rhel.</summary>
    internal static (string Distribution, string Release) Normal(string distribution, string release)
    {
        var (name, of) = (distribution.Trim().ToLowerInvariant(), release.Trim().ToLowerInvariant());
        return (DistributionIn(name) ?? name, ReleaseIn(of) ?? of);
    }

    /// <summary>Letters may not go on before or behind the word; digits may (debian12).</summary>
    private static bool Contains(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsAsciiLetter(text[at - 1])) && (end == text.Length || !char.IsAsciiLetter(text[end]))) return true;
        }

        return false;
    }
}
