namespace VulnDiag.Domain.Lifecycle;

/// <summary>The states of an engagement. Numbers are persisted in golden files: they grow, they do not change.</summary>
/// <remarks>Source: SPEC "The life of an engagement". Japanese names stand in lifecycle.csv.</remarks>
public enum EngagementState
{
    /// <summary>回答待ち.</summary>
    HearingOpen = 1,

    /// <summary>ヒアリング受付.</summary>
    HearingReceived = 2,

    /// <summary>確認依頼中.</summary>
    HearingIncomplete = 3,

    /// <summary>打合せ待ち.</summary>
    AwaitingMeeting = 4,

    /// <summary>診断対象外.</summary>
    OutOfScope = 5,

    /// <summary>ベンダ確認中.</summary>
    VendorReview = 6,

    /// <summary>日程調整中.</summary>
    Scheduling = 7,

    /// <summary>静観依頼中.</summary>
    AwaitingSilence = 8,

    /// <summary>診断待ち.</summary>
    Ready = 9,

    /// <summary>当日IP確認中.</summary>
    SameDayCheck = 10,

    /// <summary>診断中.</summary>
    Scanning = 11,

    /// <summary>診断中断.</summary>
    Suspended = 12,

    /// <summary>分析中.</summary>
    Analysis = 13,

    /// <summary>報告書確認中.</summary>
    ReportReview = 14,

    /// <summary>発行準備中.</summary>
    Issuing = 15,

    /// <summary>報告済.</summary>
    Reported = 16,

    /// <summary>完了.</summary>
    Completed = 17,

    /// <summary>中止.</summary>
    Cancelled = 18,
}
