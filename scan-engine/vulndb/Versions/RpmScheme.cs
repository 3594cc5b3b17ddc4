namespace VulnDiag.VulnDb.Versions;

/// <summary>Versions of RPM packages: <c>[epoch:]version[-release]</c>.</summary>
/// <remarks>Source: RPM documentation, "Version Comparison" (rpmvercmp): segments of digits or letters, ~ before the end, ^ after it.</remarks>
internal sealed class RpmScheme : IVersionScheme
{
    public string Id => "rpm";

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Split(x ?? ""), Split(y ?? ""));
        var order = Segments(left.Epoch, right.Epoch);
        if (order == 0) order = Segments(left.Version, right.Version);
        return order != 0 ? order : Segments(left.Release, right.Release);
    }

    private static (string Epoch, string Version, string Release) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon < 0 ? "0" : text[..colon];
        var rest = text[(colon + 1)..];
        var hyphen = rest.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? (epoch, rest, "") : (epoch, rest[..hyphen], rest[(hyphen + 1)..]);
    }

    private static int Segments(string left, string right)
    {
        var (l, r) = (0, 0);
        while (true)
        {
            l = SkipSeparators(left, l);
            r = SkipSeparators(right, r);
            if (Is(left, l, '~') || Is(right, r, '~'))
            {
                if (!Is(left, l, '~')) return 1;
                if (!Is(right, r, '~')) return -1;
                l++;
                r++;
                continue;
            }

            if (Is(left, l, '^') || Is(right, r, '^'))
            {
                if (l >= left.Length) return -1;
                if (r >= right.Length) return 1;
                if (!Is(left, l, '^')) return 1;
                if (!Is(right, r, '^')) return -1;
                l++;
                r++;
                continue;
            }

            if (l >= left.Length || r >= right.Length) return (left.Length - l).CompareTo(right.Length - r) switch { 0 => 0, > 0 => 1, < 0 => -1 };
            var order = Segment(left, right, ref l, ref r);
            if (order != 0) return order;
        }
    }

    /// <summary>Digits are newer than letters; digits by number, letters by their codes.</summary>
    private static int Segment(string left, string right, ref int l, ref int r)
    {
        var digits = char.IsAsciiDigit(left[l]);
        if (digits != char.IsAsciiDigit(right[r])) return digits ? 1 : -1;
        if (digits) return Numbers.Compare(Numbers.Take(left, ref l), Numbers.Take(right, ref r));
        return string.CompareOrdinal(Letters(left, ref l), Letters(right, ref r));
    }

    private static string Letters(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
        return text[start..at];
    }

    private static int SkipSeparators(string text, int at)
    {
        while (at < text.Length && !char.IsAsciiLetterOrDigit(text[at]) && text[at] is not ('~' or '^')) at++;
        return at;
    }

    private static bool Is(string text, int at, char wanted) => at < text.Length && text[at] == wanted;
}
