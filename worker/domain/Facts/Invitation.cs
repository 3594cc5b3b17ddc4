using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Facts;

/// <summary>One calendar event that a vendor was invited to: a row of カレンダー招待 (worker). It is what the vendor's calendar holds.</summary>
public sealed record Invitation
{
    /// <summary>Lower-case mail address of the vendor.</summary>
    public required string VendorMail { get; init; }

    /// <summary>1 or more; never given twice to a vendor of the engagement. The event's UID is made from it.</summary>
    public required int Number { get; init; }

    /// <summary>From when to when.</summary>
    public required Period Window { get; init; }

    /// <summary>iCalendar SEQUENCE: 0 at first, higher with every update and with the withdrawal.</summary>
    public int Sequence { get; init; }

    /// <summary>True once it was withdrawn; it is never revived, a later window is another event.</summary>
    public bool Withdrawn { get; init; }
}
