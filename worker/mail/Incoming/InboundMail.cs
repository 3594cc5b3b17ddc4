using VulnDiag.Mail.Forms;

namespace VulnDiag.Mail.Incoming;

/// <summary>What an inbound mail is. Source: CLI "mail classify".</summary>
public enum InboundKind
{
    /// <summary>A person's reply, filled in or not.</summary>
    Answer,

    /// <summary>A mail of ours, or of somebody's, did not arrive and will not.</summary>
    Bounce,

    /// <summary>A mail has not arrived yet and is still being tried.</summary>
    Delayed,

    /// <summary>Written by a program: out of office, received with thanks, and the like.</summary>
    AutoReply,

    /// <summary>An answer to an invitation, or a counter-proposal.</summary>
    CalendarReply,

    /// <summary>A complaint report of a mail provider.</summary>
    Feedback,

    /// <summary>A read receipt.</summary>
    Mdn,

    /// <summary>A person's new text that says 中止 or STOP.</summary>
    Stop,

    /// <summary>None of these.</summary>
    Other,
}

/// <summary>An inbound mail, read.</summary>
public sealed record InboundMail
{
    /// <summary>What it is.</summary>
    public required InboundKind Kind { get; init; }

    /// <summary>Its Message-ID without angle brackets; empty where it has none.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>Lower-case address of the sender; empty where none can be read. Anybody can write one: it is a claim.</summary>
    public string From { get; init; } = "";

    /// <summary>Decoded subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Its own date, or null where none can be read.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The first failed or delayed recipient of a bounce or delay, or null.</summary>
    public string? Recipient { get; init; }

    /// <summary>Its status, three numbers such as <c>5.1.1</c>, or null.</summary>
    public string? Status { get; init; }

    /// <summary>Normalised reference of the request that it belongs to, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>The Message-ID of ours that it answers directly (or, for a bounce, that it returns), or null.</summary>
    public string? AnsweredMessageId { get; init; }

    /// <summary>The answer form as filled in, or null where nothing is.</summary>
    public FormAnswer? Form { get; init; }

    /// <summary>The text without its quotation and signature.</summary>
    public string Text { get; init; } = "";
}
