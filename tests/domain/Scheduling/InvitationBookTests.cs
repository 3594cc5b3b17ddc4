using CsCheck;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Scheduling;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Scheduling;

public sealed class InvitationBookTests
{
    private const string Vendor = "vendor@example.com";
    private static readonly Gen<Period[]> GenWindows = Gen.Int[1, 25].Array[0, 4].Select(static days => days.Distinct().Select(Night).ToArray());

    [Fact]
    public void An_event_that_stays_is_not_touched_and_one_that_moves_keeps_its_number()
    {
        var first = InvitationBook.Invite([], Vendor, [Night(8), Night(10)], Tuesday);
        first.Sent.Select(static row => (row.Number, row.Sequence, row.Withdrawn)).ShouldBe([(1, 0, false), (2, 0, false)]);
        InvitationBook.Invite(first.Book, Vendor, [Night(8), Night(10)], Tuesday).Book.ShouldBe(first.Book);

        var moved = InvitationBook.Invite(first.Book, Vendor, [Night(10), Night(14)], Tuesday);
        moved.Sent.Select(static row => (row.Number, row.Window, row.Sequence)).ShouldBe([(2, Night(10), 0), (1, Night(14), 1)]);
    }

    [Fact]
    public void A_round_with_fewer_windows_withdraws_the_rest_and_a_withdrawn_event_is_never_revived()
    {
        var two = InvitationBook.Invite([], Vendor, [Night(8), Night(10)], Tuesday);
        var one = InvitationBook.Invite(two.Book, Vendor, [Night(14)], Tuesday);
        one.Sent.Select(static row => (row.Number, row.Sequence, row.Withdrawn)).ShouldBe([(1, 1, false), (2, 1, true)]);
        var again = InvitationBook.Invite(one.Book, Vendor, [Night(14), Night(16)], Tuesday);
        again.Sent.Select(static row => (row.Number, row.Sequence, row.Withdrawn)).ShouldBe([(1, 1, false), (3, 0, false)]);
    }

    [Fact]
    public void What_is_over_is_history_and_another_vendors_events_are_its_own()
    {
        var book = InvitationBook.Invite(InvitationBook.Invite([], Vendor, [Night(8)], Tuesday).Book, "other@example.com", [Night(8)], Tuesday).Book;
        InvitationBook.Withdraw(book, static _ => true, Night(8).End).Sent.ShouldBeEmpty();
        var next = InvitationBook.Invite(book, Vendor, [Night(8), Night(10)], Night(8).End);
        next.Sent.Select(static row => (row.Number, row.Window)).ShouldBe([(2, Night(10))]);
        InvitationBook.Withdraw(book, static row => row.VendorMail == Vendor, Tuesday).Sent.ShouldHaveSingleItem().VendorMail.ShouldBe(Vendor);
    }

    /// <summary>A calendar that does what RFC 5546 section 2.1.5 says (the higher SEQUENCE wins, a CANCEL removes) ends up with the windows wanted.</summary>
    [Fact]
    public void A_calendar_that_gets_every_mail_holds_the_windows_of_the_last() => GenWindows.Array[1, 6].Sample(static rounds =>
    {
        IReadOnlyList<Invitation> book = [];
        var calendar = new Dictionary<int, (int Sequence, Period? Window)>();
        foreach (var windows in rounds)
        {
            var page = InvitationBook.Invite(book, Vendor, windows, Tuesday);
            book = page.Book;
            foreach (var row in page.Sent)
            {
                var known = calendar.GetValueOrDefault(row.Number, (-1, null));
                if (known.Sequence == row.Sequence) known.Window.ShouldBe(row.Withdrawn ? null : row.Window, "the same sequence is the same event");
                if (known.Sequence > row.Sequence) throw new ShouldAssertException("a sequence went down");
                calendar[row.Number] = (row.Sequence, row.Withdrawn ? null : row.Window);
            }

            calendar.Values.Select(static held => held.Window).OfType<Period>().ShouldBe(windows, ignoreOrder: true);
        }
    });
}
