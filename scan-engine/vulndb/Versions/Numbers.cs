namespace VulnDiag.VulnDb.Versions;

/// <summary>Runs of digits of any length.</summary>
internal static class Numbers
{
    /// <summary>The run at <paramref name="at"/>, without leading zeros; empty where there is none. <paramref name="at"/> moves behind it.</summary>
    internal static ReadOnlySpan<char> Take(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(Math.Min(start, text.Length), at - Math.Min(start, at)).TrimStart('0');
    }

    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
}
