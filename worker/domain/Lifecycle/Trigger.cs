namespace VulnDiag.Domain.Lifecycle;

/// <summary>What moves an engagement. Actions in kintone stand in lifecycle.csv.</summary>
public enum Trigger
{
    /// <summary>提出 / 再提出.</summary>
    Submit = 1,

    /// <summary>不備の確認依頼.</summary>
    HearingFaulty = 2,

    /// <summary>打合せ依頼.</summary>
    MeetingNeeded = 3,

    /// <summary>対象回線なし.</summary>
    NoLineLeft = 4,

    /// <summary>ベンダ確認開始.</summary>
    TriagePassed = 5,

    /// <summary>不備回線見送り.</summary>
    FaultyLinesDeferred = 6,

    /// <summary>打合せ完了.</summary>
    MeetingsHeld = 7,

    /// <summary>期限到来.</summary>
    DeadlinePassed = 8,

    /// <summary>ベンダ確認完了.</summary>
    VendorsApproved = 9,

    /// <summary>ベンダ異議.</summary>
    VendorObjected = 10,

    /// <summary>回答変更.</summary>
    AnswersChanged = 11,

    /// <summary>差戻し.</summary>
    SendBack = 12,

    /// <summary>日程確定.</summary>
    WindowFixed = 13,

    /// <summary>日程確定(静観不要).</summary>
    WindowFixedWithoutSilence = 14,

    /// <summary>静観承諾.</summary>
    SilenceAccepted = 15,

    /// <summary>静観不成立.</summary>
    SilenceRefused = 16,

    /// <summary>当日IP確認依頼.</summary>
    SameDayCheckNeeded = 17,

    /// <summary>診断開始.</summary>
    WindowOpened = 18,

    /// <summary>延期.</summary>
    Postpone = 19,

    /// <summary>日程なし.</summary>
    NoWindowLeft = 20,

    /// <summary>静観撤回.</summary>
    SilenceWithdrawn = 21,

    /// <summary>当日IP確認完了.</summary>
    SameDayCheckDone = 22,

    /// <summary>診断可能回線なし.</summary>
    NoLineToScan = 23,

    /// <summary>診断完了.</summary>
    ScansFinished = 24,

    /// <summary>診断枠終了.</summary>
    WindowClosed = 25,

    /// <summary>中断.</summary>
    Stop = 26,

    /// <summary>再開.</summary>
    Resume = 27,

    /// <summary>日程再調整.</summary>
    Reschedule = 28,

    /// <summary>実施分で終了.</summary>
    FinishAsIs = 29,

    /// <summary>分析完了.</summary>
    FindingsReviewed = 30,

    /// <summary>承認.</summary>
    Approve = 31,

    /// <summary>分析へ戻す.</summary>
    BackToAnalysis = 32,

    /// <summary>発行完了.</summary>
    Issued = 33,

    /// <summary>承認差戻し.</summary>
    IssueRefused = 34,

    /// <summary>受領確認.</summary>
    Received = 35,

    /// <summary>訂正.</summary>
    Correct = 36,

    /// <summary>中止.</summary>
    Cancel = 37,
}
