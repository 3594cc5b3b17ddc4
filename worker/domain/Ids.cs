namespace VulnDiag.Domain;

/// <summary>The record number of an engagement (案件) in kintone.</summary>
/// <param name="Value">1 or more.</param>
public readonly record struct EngagementId(long Value)
{
    /// <summary>Six digits, as in mail references: <c>000123</c>.</summary>
    public override string ToString() => Value.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The id of a line (回線) within its engagement, such as <c>L1</c>.</summary>
/// <param name="Value">As the hospital typed it, normalised (NFKC, trimmed).</param>
public readonly record struct LineId(string Value) : IComparable<LineId>
{
    /// <inheritdoc/>
    public int CompareTo(LineId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Ordinal order of the text.</summary>
    public static bool operator <(LineId left, LineId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the text.</summary>
    public static bool operator >(LineId left, LineId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the text.</summary>
    public static bool operator <=(LineId left, LineId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the text.</summary>
    public static bool operator >=(LineId left, LineId right) => left.CompareTo(right) >= 0;
}
