using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Facts;

/// <summary>A file attached to a record.</summary>
/// <param name="FileKey">kintone's key of the record's file, good for downloading.</param>
/// <param name="Name">File name.</param>
/// <param name="Size">Bytes.</param>
public sealed record AttachedFile(string FileKey, string Name, long Size);

/// <summary>Everything in the record that is staff's or the worker's. The worker changes a copy; the difference is what is written.</summary>
public sealed record EngagementFacts
{
    /// <summary>回線結果, by line id.</summary>
    public IReadOnlyList<LineFacts> Lines { get; init; } = [];

    /// <summary>ベンダ回答.</summary>
    public IReadOnlyList<VendorFacts> Vendors { get; init; } = [];

    /// <summary>カレンダー招待: what vendors' calendars hold (worker).</summary>
    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>確定日程 (coordinator or worker), sorted.</summary>
    public IReadOnlyList<Period> Windows { get; init; } = [];

    /// <summary>Hash of the windows that a round was already tried with (worker): the same ones are not fixed again.</summary>
    public string UsedWindowsHash { get; init; } = "";

    /// <summary>How many rounds of silence have been asked for these lines (worker); 0 before the first.</summary>
    public int SilenceRound { get; init; }

    /// <summary>When the current state was entered (worker).</summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>The state that <see cref="StateSince"/> is about (worker): when it differs from the record's, a person moved it.</summary>
    public Lifecycle.EngagementState? StateSeen { get; init; }

    /// <summary>期限 of the current state (worker), or null where it does not wait.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>確認事項: what the hospital must mend or know; one sentence a line (worker).</summary>
    public string NoticeToHospital { get; init; } = "";

    /// <summary>対応事項: what staff must look at; one sentence a line (worker).</summary>
    public string NoticeToStaff { get; init; } = "";

    /// <summary>差戻し理由: why the worker undid a person's move (worker); cleared when a person moves the record again.</summary>
    public string SentBackBecause { get; init; } = "";

    /// <summary>Hash of answers, vendors and consent at the last triage (worker).</summary>
    public string AnswersHash { get; init; } = "";

    /// <summary>分析担当: login name, or empty.</summary>
    public string Analyst { get; init; } = "";

    /// <summary>承認者: login name, or empty.</summary>
    public string Approver { get; init; } = "";

    /// <summary>総評: the analyst's summary.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Login name of who pressed 分析完了 (worker), or empty.</summary>
    public string ReviewedBy { get; init; } = "";

    /// <summary>Login name of who pressed 承認 (worker), or empty.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>Hash of findings, summary and results when the review ended (worker), or empty.</summary>
    public string ReviewHash { get; init; } = "";

    /// <summary>Hash of the results whose findings stand in 指摘事項 (worker), or empty.</summary>
    public string FindingsHash { get; init; } = "";

    /// <summary>Content hash of the draft that is attached (worker), or empty.</summary>
    public string DraftHash { get; init; } = "";

    /// <summary>版: 0 before the first report (worker).</summary>
    public int Edition { get; init; }

    /// <summary>報告期限 (worker), or null before the last scan.</summary>
    public DateOnly? ReportDue { get; init; }

    /// <summary>When the report was issued (worker).</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Content hash of the issued report (worker): equal to <see cref="ReviewHash"/> once the files are uploaded and read back.</summary>
    public string IssuedHash { get; init; } = "";

    /// <summary>診断結果データ: RESULT.json per line; staff only (worker).</summary>
    public IReadOnlyList<AttachedFile> ResultFiles { get; init; } = [];

    /// <summary>報告書案: not for hospitals (worker).</summary>
    public IReadOnlyList<AttachedFile> DraftFiles { get; init; } = [];

    /// <summary>報告書: for the hospital (worker).</summary>
    public IReadOnlyList<AttachedFile> ReportFiles { get; init; } = [];

    /// <summary>受領確認 by the hospital or the coordinator: when, or null.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>中断理由 or 中止理由 (worker or staff).</summary>
    public string StopReason { get; init; } = "";

    /// <summary>STOP mails up to here are settled (worker).</summary>
    public DateTimeOffset? StopsHandledUntil { get; init; }

    /// <summary>Mark of the worker's last write (worker): tells after a crash whether a write arrived.</summary>
    public string WriteMark { get; init; } = "";

    /// <summary>The engagement that this one follows (再診断, follow-up), or null.</summary>
    public EngagementId? Follows { get; init; }

    /// <summary>The facts of a line; an empty row when there is none yet.</summary>
    public LineFacts Of(LineId id) => Lines.FirstOrDefault(line => line.Id == id) ?? new LineFacts { Id = id };

    /// <summary>A copy in which the row of <paramref name="line"/> is replaced or added.</summary>
    public EngagementFacts With(LineFacts line) => this with
    {
        Lines = Lines.Any(row => row.Id == line.Id)
            ? [.. Lines.Select(row => row.Id == line.Id ? line : row)]
            : [.. Lines, line],
    };
}
