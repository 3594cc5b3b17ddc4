using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain;

/// <summary>One engagement (案件) as read from its record: one revision, immutable.</summary>
public sealed record Engagement
{
    /// <summary>Record number.</summary>
    public required EngagementId Id { get; init; }

    /// <summary>kintone's revision that was read; every write carries it.</summary>
    public required long Revision { get; init; }

    /// <summary>ステータス.</summary>
    public required EngagementState State { get; init; }

    /// <summary>更新者: login name of the last person or program that wrote the record.</summary>
    public string ModifiedBy { get; init; } = "";

    /// <summary>更新日時, by kintone's clock.</summary>
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>医療機関ユーザー: login names that may see the record.</summary>
    public IReadOnlyList<string> HospitalUsers { get; init; } = [];

    /// <summary>What kintone shows for the people of the record, by login name.</summary>
    public IReadOnlyDictionary<string, string> DisplayNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>作業者: login names of those who may press the state's buttons, as last read; our own move is not yet in it.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>The hospital's own answers as typed.</summary>
    public required HearingAnswers Answers { get; init; }

    /// <summary>The answers, normalised and read, with their faults.</summary>
    public required HearingRecord Hearing { get; init; }

    /// <summary>What staff and the worker recorded.</summary>
    public required EngagementFacts Facts { get; init; }
}
