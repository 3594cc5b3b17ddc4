using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Authorization;

public sealed class AuthorizationTermsTests
{
    private static readonly TargetGuard Guard = new([]);
    private static readonly DateTimeOffset Now = Authorizations.Now;

    [Fact]
    public void Inside_window_and_lease_a_packet_may_leave() => AuthorizationTerms.Refuse(Authorizations.For("8.8.8.8"), Guard, Now).ShouldBeNull();

    [Fact]
    public void The_kill_switch_stops_now()
    {
        var halt = AuthorizationTerms.Refuse(Authorizations.For("8.8.8.8") with { KillSwitch = true }, Guard, Now)!;

        halt.Kind.ShouldBe(HaltKind.StopNow);
        halt.Word.ShouldBe("kill-switch");
    }

    [Fact]
    public void A_lease_ends_on_the_instant()
    {
        var authorization = Authorizations.For("8.8.8.8");

        AuthorizationTerms.Refuse(authorization, Guard, authorization.LeaseExpires.AddTicks(-1)).ShouldBeNull();
        AuthorizationTerms.Refuse(authorization, Guard, authorization.LeaseExpires)!.ShouldBe(
            new Halt(HaltKind.WindowOrLeaseOver, "lease-expired", "The authorisation ended at 2026-11-24T01:05:00.0000000+00:00 and was not renewed."));
    }

    [Theory]
    [InlineData(-31, "window-not-open")]
    [InlineData(-30, null)]
    [InlineData(29, null)]
    [InlineData(30, "window-closed")]
    public void The_window_has_a_first_and_a_last_instant(int minutes, string? word) =>
        AuthorizationTerms.Refuse(Authorizations.For("8.8.8.8") with { LeaseExpires = Now.AddDays(1) }, Guard, Now.AddMinutes(minutes))?.Word.ShouldBe(word);

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "time-to-avoid")]
    [InlineData(19, "time-to-avoid")]
    [InlineData(20, null)]
    public void Times_to_avoid_are_cut_out_of_the_window(int minutes, string? word)
    {
        var authorization = Authorizations.For("8.8.8.8") with
        {
            LeaseExpires = Now.AddDays(1),
            Avoid = [new AuthorizedPeriod(Now.AddMinutes(10), Now.AddMinutes(20))],
        };
        var halt = AuthorizationTerms.Refuse(authorization, Guard, Now.AddMinutes(minutes));

        halt?.Word.ShouldBe(word);
        (halt is null).ShouldBe(word is null);
    }

    [Fact]
    public void Between_two_windows_nothing_leaves()
    {
        var authorization = Authorizations.For("8.8.8.8") with
        {
            LeaseExpires = Now.AddDays(1),
            Windows = [new AuthorizedPeriod(Now.AddHours(-2), Now.AddHours(-1)), new AuthorizedPeriod(Now.AddHours(1), Now.AddHours(2))],
        };

        AuthorizationTerms.Refuse(authorization, Guard, Now)!.Word.ShouldBe("window-not-open");
    }

    [Fact]
    public void The_clocks_offset_counts_for_loopback_targets_only()
    {
        var jump = TimeSpan.FromDays(40);
        var lab = new TargetGuard(["127.0.0.0/8"]);
        var loopback = Authorizations.ForLoopback() with { ClockOffset = jump };
        var global = Authorizations.For("8.8.8.8") with { ClockOffset = jump };

        AuthorizationTerms.Refuse(loopback, lab, Now - jump).ShouldBeNull();
        AuthorizationTerms.Refuse(loopback, lab, Now)!.Word.ShouldBe("lease-expired");
        AuthorizationTerms.Refuse(global, Guard, Now - jump)!.Word.ShouldBe("window-not-open");
        AuthorizationTerms.Refuse(global, Guard, Now).ShouldBeNull();
    }

    [Fact]
    public void A_private_address_is_refused_however_well_it_is_signed()
    {
        var halt = AuthorizationTerms.Refuse(Authorizations.For("192.168.0.1") with { AllowedLabRanges = ["192.168.0.0/16"] }, Guard, Now)!;

        halt.Kind.ShouldBe(HaltKind.StopNow);
        halt.Word.ShouldBe("address-private");
    }
}
