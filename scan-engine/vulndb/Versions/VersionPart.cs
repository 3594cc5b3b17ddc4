namespace VulnDiag.VulnDb.Versions;

/// <summary>One part of a version: before a release, nothing or zero, letters, or a number, in this order.</summary>
internal readonly record struct VersionPart : IComparable<VersionPart>
{
    private readonly Kind kind;
    private readonly int rank;
    private readonly string text;

    private VersionPart(Kind kind, int rank, string text)
    {
        this.kind = kind;
        this.rank = rank;
        this.text = text;
    }

    private enum Kind
    {
        BeforeRelease,
        Zero,
        Letters,
        Number,
    }

    internal static VersionPart Zero { get; } = new(Kind.Zero, 0, "");

    internal static VersionPart OfBeforeRelease(int rank) => new(Kind.BeforeRelease, rank, "");

    internal static VersionPart OfLetters(string letters) => new(Kind.Letters, 0, letters);

    /// <summary>Digits of any length; leading zeros do not count.</summary>
    internal static VersionPart OfNumber(ReadOnlySpan<char> digits)
    {
        var significant = digits.TrimStart('0');
        return significant.IsEmpty ? Zero : new VersionPart(Kind.Number, significant.Length, significant.ToString());
    }

    /// <inheritdoc/>
    public int CompareTo(VersionPart other)
    {
        if (kind != other.kind) return kind.CompareTo(other.kind);
        return rank != other.rank ? rank.CompareTo(other.rank) : string.CompareOrdinal(text, other.text);
    }
}
