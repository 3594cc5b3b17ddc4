using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Scheduling;

public sealed class DigestTimeTests
{
    [Theory]
    [InlineData("2026-11-24T10:00", "2026-11-24T16:00")]
    [InlineData("2026-11-24T16:00", "2026-11-25T16:00")]
    [InlineData("2026-11-20T18:00", "2026-11-24T16:00")] // a weekend and 勤労感謝の日 lie between
    [InlineData("2026-12-28T17:00", "2027-01-04T16:00")] // the year's end
    public void The_days_mail_goes_out_at_the_set_hour_of_a_business_day(string asked, string expected) =>
        DigestTime.After(Japan(asked), new TimeOnly(16, 0), BusinessCalendar.Default).ShouldBe(Japan(expected));

    [Fact]
    public void A_vendor_who_wants_one_mail_a_day_gets_its_whole_time_from_that_mail_on()
    {
        var line = FixedLine();
        var builder = new EngagementBuilder { State = EngagementState.VendorReview, Lines = [line] };
        var at = At(Japan("2026-11-24T17:00"));
        var plain = Order(builder, at);
        plain.CollectUntil.ShouldBeNull();

        var digest = Order(builder, at with { DigestVendors = new HashSet<string> { line.Vendors[0].Mail } });
        digest.Key.ShouldBe(plain.Key, "it is the same request");
        digest.CollectUntil.ShouldBe(Japan("2026-11-25T16:00"));
        digest.Deadline.ShouldBe(Japan("2026-12-02T18:00"), "five business days from the mail");
        plain.Deadline.ShouldBe(Japan("2026-12-01T18:00"));
    }

    [Fact]
    public void A_request_that_would_come_too_late_for_its_window_does_not_wait()
    {
        var line = Monitored(FixedLine());
        var builder = new EngagementBuilder
        {
            State = EngagementState.AwaitingSilence, Lines = [line], Facts = static facts => facts with { Windows = [FirstNight], SilenceRound = 1 },
        };
        var vendors = new HashSet<string> { line.Vendors[0].Mail };
        Order(builder, At(FirstNight.Start.AddHours(-30)) with { DigestVendors = vendors }).CollectUntil.ShouldNotBeNull();
        Order(builder, At(FirstNight.Start.AddHours(-5)) with { DigestVendors = vendors }).CollectUntil.ShouldBeNull();
    }

    private static MailOrder Order(EngagementBuilder builder, StepContext context) =>
        StepCatalogue.Find(builder.State)!.Decide(builder.Build(), context).Effects.OfType<SendMail>()
            .Single(static mail => mail.Order.Kind is MailKind.ValidityRequest or MailKind.SilenceRequest).Order;

    private static DateTimeOffset Japan(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}
