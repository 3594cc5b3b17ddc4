using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Kintone.Mapping;

/// <summary>区分 of a row of 通信記録.</summary>
public enum CommunicationDirection
{
    /// <summary>送信.</summary>
    Outgoing,

    /// <summary>受信.</summary>
    Incoming,
}

/// <summary>状態 of a row of 通信記録.</summary>
public enum CommunicationState
{
    /// <summary>送信準備: the claim stands, the mail may or may not have gone out yet.</summary>
    Claimed,

    /// <summary>送信済.</summary>
    Sent,

    /// <summary>送信不明: it cannot be told whether it went out; nothing is sent again.</summary>
    InDoubt,

    /// <summary>送信失敗.</summary>
    Failed,

    /// <summary>受信.</summary>
    Received,
}

/// <summary>対応状況 of a proposed answer.</summary>
public enum ProposalHandling
{
    /// <summary>未対応: the coordinator has to look.</summary>
    Open,

    /// <summary>採用: the coordinator takes it, the worker is to write it.</summary>
    Accepted,

    /// <summary>却下.</summary>
    Refused,

    /// <summary>反映済: it stands in ベンダ回答.</summary>
    Applied,

    /// <summary>不要: nothing was to be answered.</summary>
    NotNeeded,
}

/// <summary>One mail in 通信記録.</summary>
public sealed record CommunicationRecord
{
    /// <summary>Record number, or 0 before it is written.</summary>
    public long RecordId { get; init; }

    /// <summary>kintone's revision, or 0 before it is written.</summary>
    public long Revision { get; init; }

    /// <summary>Readable key; unique in the tenant, stored as its hash. Empty in a record that was read by another way than by its key.</summary>
    public string Key { get; init; } = "";

    /// <summary>区分.</summary>
    public required CommunicationDirection Direction { get; init; }

    /// <summary>案件番号, or null where a mail belongs to none.</summary>
    public EngagementId? Engagement { get; init; }

    /// <summary>参照番号 such as <c>VD-000123-SIL</c>, or empty.</summary>
    public string Reference { get; init; } = "";

    /// <summary>メール種別, or null for an inbound mail that answers none.</summary>
    public MailKind? Kind { get; init; }

    /// <summary>相手: the other side's mail address.</summary>
    public string Party { get; init; } = "";

    /// <summary>件名.</summary>
    public string Subject { get; init; } = "";

    /// <summary>状態.</summary>
    public required CommunicationState State { get; init; }

    /// <summary>日時 of sending or receiving.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>メッセージID.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>関連メッセージID: what an inbound mail answers.</summary>
    public string InReplyTo { get; init; } = "";

    /// <summary>本文 as text.</summary>
    public string Body { get; init; } = "";

    /// <summary>回答案: the answer read from the mail, as the host writes it; empty when there is none.</summary>
    public string Proposal { get; init; } = "";

    /// <summary>対応状況, or null where there is no proposal.</summary>
    public ProposalHandling? Handling { get; init; }

    /// <summary>備考.</summary>
    public string Remark { get; init; } = "";

    /// <summary>保持者: which worker claimed the sending.</summary>
    public string Holder { get; init; } = "";
}
