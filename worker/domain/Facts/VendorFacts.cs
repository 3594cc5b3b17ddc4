namespace VulnDiag.Domain.Facts;

/// <summary>What a vendor is asked.</summary>
public enum VendorQuestion
{
    /// <summary>妥当性確認.</summary>
    Validity,

    /// <summary>静観対応.</summary>
    Silence,
}

/// <summary>What a vendor answered (ベンダ回答).</summary>
public enum VendorReply
{
    /// <summary>承認 / 承諾.</summary>
    Yes,

    /// <summary>異議 / 不可.</summary>
    No,
}

/// <summary>One question to one vendor about one line: a row of ベンダ回答. Written by the worker when it asks, answered by the coordinator or from a reply.</summary>
public sealed record VendorFacts
{
    /// <summary>What was asked.</summary>
    public required VendorQuestion Question { get; init; }

    /// <summary>Which line.</summary>
    public required LineId Line { get; init; }

    /// <summary>Lower-case mail address of the vendor.</summary>
    public required string VendorMail { get; init; }

    /// <summary>Hash of what the question was about: the answer holds for that alone.</summary>
    public required string AboutHash { get; init; }

    /// <summary>1 or more; silence is asked again for other windows.</summary>
    public int Round { get; init; } = 1;

    /// <summary>When it was asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The answer, or null while it is open.</summary>
    public VendorReply? Reply { get; init; }

    /// <summary>When it was answered.</summary>
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>Reason or remark of the vendor.</summary>
    public string Remark { get; init; } = "";
}
