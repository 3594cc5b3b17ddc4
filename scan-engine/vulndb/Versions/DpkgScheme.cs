namespace VulnDiag.VulnDb.Versions;

/// <summary>Versions of Debian packages: <c>[epoch:]upstream[-revision]</c>.</summary>
/// <remarks>Source: Debian Policy Manual, section 5.6.12.</remarks>
internal sealed class DpkgScheme : IVersionScheme
{
    public string Id => "dpkg";

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        var order = Runs(left.Epoch, right.Epoch);
        if (order == 0) order = Runs(left.Upstream, right.Upstream);
        return order != 0 ? order : Runs(left.Revision, right.Revision);
    }

    private static (string Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon < 0 ? "" : version[..colon];
        var rest = version[(colon + 1)..];
        var hyphen = rest.LastIndexOf('-');
        return hyphen < 0 ? (epoch, rest, "") : (epoch, rest[..hyphen], rest[(hyphen + 1)..]);
    }

    /// <summary>By turns a run of other characters, in which ~ comes first, then the end, then letters, then the rest; and a run of digits by number.</summary>
    private static int Runs(string left, string right)
    {
        var (l, r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            while ((l < left.Length && !char.IsAsciiDigit(left[l])) || (r < right.Length && !char.IsAsciiDigit(right[r])))
            {
                var order = Weight(left, l).CompareTo(Weight(right, r));
                if (order != 0) return order;
                l++;
                r++;
            }

            var numbers = Numbers.Compare(Numbers.Take(left, ref l), Numbers.Take(right, ref r));
            if (numbers != 0) return numbers;
        }

        return 0;
    }

    private static int Weight(string text, int at)
    {
        const int AfterLetters = 1 << 16;
        if (at >= text.Length || char.IsAsciiDigit(text[at])) return 0;
        if (text[at] == '~') return -1;
        return char.IsAsciiLetter(text[at]) ? text[at] : text[at] + AfterLetters;
    }
}
