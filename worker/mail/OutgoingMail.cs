using VulnDiag.Mail.Ics;

namespace VulnDiag.Mail;

/// <summary>A mail, ready to be sent. The same order at the same time gives the same bytes.</summary>
/// <param name="MessageId">Without angle brackets; see <see cref="MessageIds"/>.</param>
/// <param name="Reference">As in the subject, without brackets: <c>VD-000123-SIL</c>.</param>
/// <param name="From">Our address, of the header and of the envelope.</param>
/// <param name="To">The one recipient.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Text">The plain part; lines end in LF.</param>
/// <param name="Html">The HTML part; lines end in LF.</param>
/// <param name="Calendars">The events (iTIP objects), one per window, invitations before withdrawals; empty where the mail has none.</param>
/// <param name="Raw">The whole message as it goes out; lines end in CRLF.</param>
public sealed record OutgoingMail(
    string MessageId,
    string Reference,
    string From,
    string To,
    string Subject,
    string Text,
    string Html,
    IReadOnlyList<IcsText> Calendars,
    ReadOnlyMemory<byte> Raw);
