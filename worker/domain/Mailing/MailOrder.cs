using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Mailing;

/// <summary>Who a mail goes to.</summary>
public enum Audience
{
    /// <summary>The hospital's contact.</summary>
    Hospital,

    /// <summary>A vendor, by mail address.</summary>
    Vendor,

    /// <summary>The coordinators' address of the settings.</summary>
    Coordinator,
}

/// <summary>Whom one mail goes to.</summary>
/// <param name="Audience">Which side.</param>
/// <param name="Mail">Lower-case mail address; empty for <see cref="Mailing.Audience.Coordinator"/> (the settings have it).</param>
/// <param name="Company">Company or hospital name for the first line.</param>
/// <param name="Person">Person for the first line; may be empty.</param>
public sealed record Recipient(Audience Audience, string Mail, string Company, string Person);

/// <summary>A question that a mail asks about one line.</summary>
/// <param name="Line">回線ID.</param>
/// <param name="AboutHash">What the question is about: an answer to this mail answers that and no later question.</param>
public sealed record LineQuestion(LineId Line, string AboutHash);

/// <summary>A mail that a step wants sent once. The same key is the same mail, however often it is ordered.</summary>
public sealed record MailOrder
{
    /// <summary>Which mail.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>Deterministic, unique in the tenant, ASCII: engagement, code, recipient, and what it is about. Message-ID and the claim in 通信記録 derive from it.</summary>
    public required string Key { get; init; }

    /// <summary>To whom.</summary>
    public required Recipient To { get; init; }

    /// <summary>The lines that it is about, in order.</summary>
    public IReadOnlyList<LineId> Lines { get; init; } = [];

    /// <summary>The questions that it asks a vendor, one per line; none where no answer is expected.</summary>
    public IReadOnlyList<LineQuestion> Questions { get; init; } = [];

    /// <summary>The windows that it is about.</summary>
    public IReadOnlyList<Period> Windows { get; init; } = [];

    /// <summary>When an answer is due, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Sentences to show (faults, reasons), in order.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>For a reminder: the kind of the request that it reminds of; its reference carries that kind's code.</summary>
    public MailKind? About { get; init; }

    /// <summary>Until when it waits for other requests to the same vendor, to go out with them as one mail; null for at once.</summary>
    public DateTimeOffset? CollectUntil { get; init; }

    /// <summary>The calendar events that go with the mail: invitations, updates and withdrawals, as they stand from now on.</summary>
    public IReadOnlyList<Invitation> Calendar { get; init; } = [];
}
