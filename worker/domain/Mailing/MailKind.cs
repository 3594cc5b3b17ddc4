namespace VulnDiag.Domain.Mailing;

/// <summary>Every mail that VulnDiag sends. Codes and Japanese names stand in mail-kinds.ja.csv. Source: SPEC "Mail".</summary>
public enum MailKind
{
    /// <summary>ヒアリング受領.</summary>
    HearingReceived = 1,

    /// <summary>不備の確認依頼.</summary>
    HearingIncomplete = 2,

    /// <summary>打合せ依頼.</summary>
    MeetingRequest = 3,

    /// <summary>診断対象外.</summary>
    OutOfScope = 4,

    /// <summary>日程確定.</summary>
    DatesFixed = 5,

    /// <summary>妥当性確認依頼.</summary>
    ValidityRequest = 6,

    /// <summary>静観対応依頼.</summary>
    SilenceRequest = 7,

    /// <summary>当日グローバルIP確認依頼.</summary>
    SameDayRequest = 8,

    /// <summary>診断開始.</summary>
    ScanStarted = 9,

    /// <summary>診断完了.</summary>
    ScanFinished = 10,

    /// <summary>診断中断.</summary>
    ScanSuspended = 11,

    /// <summary>中止.</summary>
    Cancelled = 12,

    /// <summary>速報.</summary>
    FlashReport = 13,

    /// <summary>報告書掲載.</summary>
    ReportPosted = 14,

    /// <summary>受領確認.</summary>
    ReceiptReminder = 15,

    /// <summary>催促.</summary>
    Reminder = 16,

    /// <summary>エスカレーション.</summary>
    Escalation = 17,

    /// <summary>静観対応取消.</summary>
    SilenceWithdrawn = 18,

    /// <summary>悪用確認通知.</summary>
    ExploitedLater = 19,
}
