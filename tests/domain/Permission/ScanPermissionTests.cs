using System.Net;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Permission;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Permission;

public sealed class ScanPermissionTests
{
    private static readonly DateTimeOffset InWindow = FirstNight.Start.AddHours(1);

    private static EngagementBuilder Scanning(Line line) => new()
    {
        State = EngagementState.Scanning,
        Lines = [line],
        Facts = static facts => facts with { Windows = [FirstNight] },
    };

    private static IReadOnlyList<string> Refusals(EngagementBuilder builder, StepContext context)
    {
        var engagement = builder.Build();
        return [.. ScanPermission.Check(engagement, LineView.Of(engagement, engagement.Facts)[0], context).Select(static refusal => refusal.Code)];
    }

    [Fact]
    public void A_line_that_meets_every_condition_may_be_scanned() =>
        Refusals(Scanning(FixedLine()), At(InWindow)).ShouldBeEmpty();

    [Fact]
    public void The_kill_switch_refuses() =>
        Refusals(Scanning(FixedLine()), At(InWindow) with { KillSwitch = true }).ShouldBe(["kill-switch"]);

    [Theory]
    [InlineData(EngagementState.Ready)]
    [InlineData(EngagementState.Suspended)]
    [InlineData(EngagementState.Cancelled)]
    public void Any_state_but_scanning_refuses(EngagementState state) =>
        Refusals(Scanning(FixedLine()) with { State = state }, At(InWindow)).ShouldBe(["state"]);

    [Fact]
    public void A_line_without_consent_is_refused() =>
        Refusals(Scanning(FixedLine() with { Consent = null }), At(InWindow)).ShouldBe(["consent"]);

    [Fact]
    public void A_line_that_waits_for_its_meeting_is_refused() =>
        Refusals(Scanning(MeetingLine()), At(InWindow)).ShouldBe(["triage"]);

    [Theory]
    [InlineData(-1)]
    [InlineData(7 * 3600)]
    public void Outside_the_window_it_is_refused_and_the_end_is_outside(int secondsAfterStart) =>
        Refusals(Scanning(FixedLine()), At(FirstNight.Start.AddSeconds(secondsAfterStart))).ShouldBe(["outside-window"]);

    [Fact]
    public void A_window_goes_on_past_midnight() =>
        Refusals(Scanning(FixedLine()), At(new DateTimeOffset(2026, 12, 9, 4, 59, 59, TimeSpan.FromHours(9)))).ShouldBeEmpty();

    [Fact]
    public void A_time_to_avoid_inside_the_window_refuses() =>
        Refusals(Scanning(FixedLine()) with { Avoid = [new Period(InWindow.AddMinutes(-1), InWindow.AddMinutes(1))] }, At(InWindow)).ShouldBe(["avoid"]);

    [Fact]
    public void A_monitored_line_needs_the_silence_of_each_of_its_vendors()
    {
        var other = new Vendor(VendorRole.Monitoring, "監視会社", "担当", "noc@example.com");
        var line = Monitored(FixedLine());
        line = line with { Vendors = [.. line.Vendors, other] };
        var hash = FactHash.OfSilence(line, [FirstNight]);
        VendorFacts Yes(string mail) => new() { Question = VendorQuestion.Silence, Line = line.Id, VendorMail = mail, AboutHash = hash, Reply = VendorReply.Yes };
        var one = Scanning(line) with { Facts = facts => facts with { Windows = [FirstNight], Vendors = [Yes("vendor@example.com")] } };
        var both = Scanning(line) with { Facts = facts => facts with { Windows = [FirstNight], Vendors = [Yes("vendor@example.com"), Yes("noc@example.com")] } };
        var moved = Scanning(line) with { Facts = facts => facts with { Windows = [FirstNight, SecondNight], Vendors = [Yes("vendor@example.com"), Yes("noc@example.com")] } };

        Refusals(Scanning(line), At(InWindow)).ShouldBe(["silence"]);
        Refusals(one, At(InWindow)).ShouldBe(["silence"]);
        Refusals(both, At(InWindow)).ShouldBeEmpty();
        Refusals(moved, At(InWindow)).ShouldBe(["silence"], "silence was accepted for other windows");
    }

    [Fact]
    public void Unknown_monitoring_counts_as_monitored() =>
        Refusals(Scanning(FixedLine() with { MonitoredAnswer = YesNoUnknown.Unknown }), At(InWindow)).ShouldBe(["silence"]);

    [Fact]
    public void A_dynamic_line_needs_a_confirmation_for_this_very_window()
    {
        SameDayConfirmation Confirmed(DateTimeOffset at) => new(new LineId("L1"), IPAddress.Parse("8.8.4.4"), at, "担当");
        IReadOnlyList<string> With(DateTimeOffset confirmedAt, DateTimeOffset now) => Refusals(
            Scanning(DynamicLine()) with
            {
                Confirmations = [Confirmed(confirmedAt)],
                Facts = static facts => facts with { Windows = [FirstNight, new Period(FirstNight.End.AddHours(3), FirstNight.End.AddHours(6))] },
            },
            At(now));

        Refusals(Scanning(DynamicLine()), At(InWindow)).ShouldBe(["address-missing"]);
        With(FirstNight.Start.AddHours(-2), InWindow).ShouldBeEmpty();
        With(FirstNight.Start.AddHours(-2), FirstNight.Start.AddHours(6)).ShouldBeEmpty("the window goes past midnight");
        With(FirstNight.Start.AddHours(-25), InWindow).ShouldBe(["address-missing"]);
        With(InWindow.AddHours(1), InWindow).ShouldBe(["address-missing"], "a confirmation from the future is none");
        With(FirstNight.Start.AddHours(-2), FirstNight.End.AddHours(4)).ShouldBe(["address-missing"], "it was for the window before");
    }

    [Theory]
    [InlineData("192.168.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("fd00::1")]
    [InlineData("::1")]
    public void An_address_that_is_not_global_unicast_is_refused(string address) =>
        Refusals(Scanning(FixedLine() with { Address = IPAddress.Parse(address) }), At(InWindow)).ShouldBe(["address-class"]);

    [Fact]
    public void A_lab_range_is_allowed_only_by_its_setting()
    {
        var context = At(InWindow);
        var lab = context with { Settings = context.Settings with { AllowedLabRanges = [IPNetwork.Parse("127.0.0.0/8")] } };
        Refusals(Scanning(FixedLine() with { Address = IPAddress.Parse("127.10.1.1") }), lab).ShouldBeEmpty();
    }

    [Fact]
    public void An_excluded_address_is_refused() =>
        Refusals(Scanning(FixedLine()), At(InWindow) with { Exclusions = [IPNetwork.Parse("8.8.8.0/24")] }).ShouldBe(["excluded"]);

    [Fact]
    public void A_stop_mail_refuses_until_staff_have_settled_it()
    {
        var context = At(InWindow) with { StopRequests = [new StopRequest(InWindow.AddMinutes(-1), "vendor@example.com", "中止してください")] };
        Refusals(Scanning(FixedLine()), context).ShouldBe(["stop-mail"]);
        Refusals(Scanning(FixedLine()) with { Facts = static facts => facts with { Windows = [FirstNight], StopsHandledUntil = InWindow.AddMinutes(-1) } }, context).ShouldBeEmpty();
    }

    [Fact]
    public void Every_condition_has_a_sentence_for_the_record() =>
        ScanPermission.Codes.ShouldAllBe(static code => Texts.Of("refused-" + code).Length > 0);
}
