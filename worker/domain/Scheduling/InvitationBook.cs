using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Scheduling;

/// <summary>Which calendar events vendors hold, and what must be sent so that they hold others. Pure: the book is rows in, rows out.</summary>
/// <remarks>
/// An event keeps its UID while it is moved, its SEQUENCE rises with every change, and what is withdrawn stays withdrawn.
/// Source: RFC 5546 sections 2.1.4 (SEQUENCE), 3.2.2 (REQUEST) and 3.2.5 (CANCEL); docs/decisions/0145.
/// </remarks>
public static class InvitationBook
{
    /// <summary>A book, and the events of it that one mail is about.</summary>
    /// <param name="Book">Every row, as it should stand.</param>
    /// <param name="Sent">What the mail carries: requests first, then withdrawals.</param>
    public sealed record Page(IReadOnlyList<Invitation> Book, IReadOnlyList<Invitation> Sent);

    /// <summary>Invites a vendor to these windows and no others: an event that is there stays or is moved, one too many is withdrawn.</summary>
    /// <param name="book">Every row.</param>
    /// <param name="vendorMail">The vendor.</param>
    /// <param name="windows">The windows that are to be held; those that are over are left out.</param>
    /// <param name="now">Now: an event that is over is history and is neither moved nor withdrawn.</param>
    public static Page Invite(IReadOnlyList<Invitation> book, string vendorMail, IReadOnlyList<Period> windows, DateTimeOffset now)
    {
        var wanted = windows.Where(window => window.End > now).OrderBy(static window => window.Start).ToList();
        var held = book.Where(row => row.VendorMail == vendorMail && IsHeld(row, now)).OrderBy(static row => row.Number).ToList();
        var kept = held.Where(row => wanted.Contains(row.Window)).DistinctBy(static row => row.Window).ToList();
        var free = new Queue<Invitation>(held.Except(kept));
        var next = book.Where(row => row.VendorMail == vendorMail).Select(static row => row.Number).DefaultIfEmpty(0).Max();
        var requests = wanted.Select(window =>
            kept.Find(row => row.Window == window)
            ?? (free.TryDequeue(out var row)
                ? row with { Window = window, Sequence = row.Sequence + 1 }
                : new Invitation { VendorMail = vendorMail, Number = ++next, Window = window })).ToList();
        return Written(book, [.. requests, .. free.Select(Withdraw)]);
    }

    /// <summary>Withdraws every event that a vendor holds and that is no longer to be held.</summary>
    /// <param name="book">Every row.</param>
    /// <param name="isGone">Which rows, of those not yet withdrawn or over.</param>
    /// <param name="now">Now.</param>
    public static Page Withdraw(IReadOnlyList<Invitation> book, Func<Invitation, bool> isGone, DateTimeOffset now) =>
        Written(book, [.. book.Where(row => IsHeld(row, now) && isGone(row)).Select(Withdraw)]);

    private static bool IsHeld(Invitation row, DateTimeOffset now) => !row.Withdrawn && row.Window.End > now;

    private static Invitation Withdraw(Invitation row) => row with { Withdrawn = true, Sequence = row.Sequence + 1 };

    private static Page Written(IReadOnlyList<Invitation> book, IReadOnlyList<Invitation> sent)
    {
        var changed = sent.ToDictionary(static row => (row.VendorMail, row.Number));
        return new Page(
            [.. book.Select(row => changed.GetValueOrDefault((row.VendorMail, row.Number), row)), .. sent.Where(row => !book.Any(old => old.VendorMail == row.VendorMail && old.Number == row.Number))],
            sent);
    }
}
