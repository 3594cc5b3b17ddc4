using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Support;
using VulnDiag.TestSupport;

namespace VulnDiag.Mail.Ics;

public sealed class InvitationsTests
{
    private static readonly MailOrder Request = MailCases.All["SilenceRequest"];

    [Theory]
    [InlineData("SilenceRequest")]
    [InlineData("SilenceRequest.one-line")]
    [InlineData("SilenceRequest.fewer")]
    [InlineData("SilenceWithdrawn")]
    [InlineData("Cancelled.invitation")]
    public void The_invitations_are_as_reviewed(string name) =>
        Golden.Matches($"mail/{name}.ics", string.Concat(MailCases.Compose(name).Calendars.Select(static calendar => calendar.Text)));

    [Fact]
    public void One_object_per_window_each_with_a_uid_of_its_own()
    {
        var calendars = Compose(Request).Calendars;
        calendars.Count.ShouldBe(2);
        calendars.Select(static calendar => Field(calendar.Text, "UID")).Distinct().Count().ShouldBe(2);
        calendars.ShouldAllBe(static calendar => Regex.Count(calendar.Text, "BEGIN:VEVENT") == 1);
    }

    [Fact]
    public void An_update_and_a_cancellation_are_about_the_same_event_with_a_higher_sequence()
    {
        var first = Compose(Request).Calendars[0].Text;
        var update = Compose(Request with { Key = "000123:SIL:2", Windows = [Samples.Day], Calendar = [Samples.Event(1, Samples.Day, 1)] }).Calendars[0].Text;
        var cancel = Compose(MailCases.All["Cancelled.invitation"]).Calendars[0].Text;

        new[] { first, update, cancel }.Select(static text => Field(text, "UID")).Distinct().Count().ShouldBe(1);
        new[] { first, update, cancel }.Select(static text => Field(text, "SEQUENCE")).ShouldBe(["0", "1", "2"]);
        new[] { first, update, cancel }.Select(static text => Field(text, "METHOD")).ShouldBe(["REQUEST", "REQUEST", "CANCEL"]);
        Field(cancel, "STATUS").ShouldBe("CANCELLED");
    }

    [Fact]
    public void Another_vendor_has_another_event()
    {
        var other = Request with { Calendar = [Samples.Event(1, Samples.Night) with { VendorMail = "other@vendor.example" }] };
        Field(Compose(other).Calendars[0].Text, "UID").ShouldNotBe(Field(Compose(Request).Calendars[0].Text, "UID"));
    }

    [Fact]
    public void Times_are_those_of_the_window_and_lines_are_folded_as_the_rfc_says()
    {
        var calendar = Compose(Request).Calendars[0].Text;
        Field(calendar, "DTSTART").ShouldBe(Utc(Samples.Night.Start));
        Field(calendar, "DTEND").ShouldBe(Utc(Samples.Night.End));
        // RFC 5545 section 3.1: lines end in CRLF and hold at most 75 octets.
        calendar.Split("\r\n").ShouldAllBe(static line => !line.Contains('\n') && System.Text.Encoding.UTF8.GetByteCount(line) <= 75);
    }

    /// <summary>RFC 5546 section 3.2.5: what a CANCEL must hold, and what takes an event out of a calendar. Typed in from there.</summary>
    [Theory]
    [InlineData("SilenceWithdrawn")]
    [InlineData("Cancelled.invitation")]
    public void A_withdrawal_is_a_whole_cancel(string name)
    {
        var texts = MailCases.Compose(name).Calendars.Select(static calendar => calendar.Text).ToList();
        texts.Count.ShouldBe(2);
        foreach (var text in texts)
        {
            Field(text, "METHOD").ShouldBe("CANCEL");
            Field(text, "STATUS").ShouldBe("CANCELLED");
            int.Parse(Field(text, "SEQUENCE"), CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
            foreach (var needed in new[] { "UID", "DTSTAMP", "ORGANIZER", "ATTENDEE" }) Field(text, needed).ShouldNotBeEmpty();
            text.ShouldNotContain("RSVP=TRUE");
        }
    }

    [Fact]
    public void A_round_with_fewer_windows_moves_one_event_and_withdraws_the_other_in_the_same_mail()
    {
        var first = Compose(Request).Calendars;
        var second = Compose(MailCases.All["SilenceRequest.fewer"]).Calendars;
        second.Select(static calendar => (Field(calendar.Text, "UID"), Field(calendar.Text, "SEQUENCE"), Field(calendar.Text, "METHOD"))).ShouldBe(
        [
            (Field(first[0].Text, "UID"), "1", "REQUEST"),
            (Field(first[1].Text, "UID"), "1", "CANCEL"),
        ]);
        using var message = MimeMessage.Load(new MemoryStream(MailCases.Compose("SilenceRequest.fewer").Raw.ToArray()));
        message.BodyParts.Where(static part => part.ContentType.IsMimeType("text", "calendar")).Select(static part => part.ContentType.Parameters["method"])
            .ShouldBe(["REQUEST", "REQUEST", "CANCEL"], "the first stands among the alternatives, all of them are attached");
    }

    [Fact]
    public void The_method_stands_in_the_content_type_of_every_calendar_part()
    {
        foreach (var (name, method) in new[] { ("SilenceRequest", "REQUEST"), ("Cancelled.invitation", "CANCEL") })
        {
            using var message = MimeMessage.Load(new MemoryStream(MailCases.Compose(name).Raw.ToArray()));
            var parts = message.BodyParts.Where(static part => part.ContentType.IsMimeType("text", "calendar")).ToList();
            parts.Count.ShouldBe(3);
            parts.ShouldAllBe(part => part.ContentType.Parameters["method"] == method);
        }
    }

    private static OutgoingMail Compose(MailOrder order) => MailComposer.Compose(order, Samples.Engagement, Samples.Texts, Samples.Now);

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Field(string calendar, string name) =>
        calendar.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n')
            .First(line => line.StartsWith(name + ":", StringComparison.Ordinal) || line.StartsWith(name + ";", StringComparison.Ordinal))
            .Split(':', 2)[1];
}
