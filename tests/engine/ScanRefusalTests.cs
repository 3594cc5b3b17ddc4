using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>What is refused before the first packet: no connection, no packet log, a result that says why.</summary>
public sealed class ScanRefusalTests
{
    public static TheoryData<string, string> Terms => new()
    {
        { "window-not-open", "future" },
        { "window-closed", "past" },
        { "lease-expired", "lease" },
        { "time-to-avoid", "avoid" },
        { "kill-switch", "kill" },
        { "address-excluded", "excluded" },
        { "address-loopback", "no-lab" },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public async Task Terms_that_do_not_hold_send_nothing(string word, string which)
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var server = new LoopbackServer("127.4.2.1");
        var now = TimeProvider.System.GetUtcNow();
        await bench.AuthorizeAsync(Break(ScanBench.Loopback("127.4.2.1"), which, now));

        var result = await ScanBench.RunAsync(bench.Request($"{server.Port}"));

        result.Complete.ShouldBeFalse();
        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith(word + ":");
        result.Coverage.Tcp.Untested.ShouldBe(1);
        Json.Read<ScanResult>(await File.ReadAllTextAsync(bench.Out)).Stops.ShouldHaveSingleItem();
        server.Connections.ShouldBe(0);
        File.Exists(bench.PacketLog).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lab_address_needs_the_process_setting_too()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.2.2"));

        var result = await ScanBench.RunAsync(bench.Request("22") with { AllowedLabRanges = [] });

        result.Stops.ShouldHaveSingleItem().Reason.ShouldContain("Scan:AllowedLabRanges");
    }

    [Fact]
    public async Task Another_workers_key_is_refused_and_takes_no_results_place()
    {
        await using var bench = await ScanBench.CreateAsync();
        await using var stranger = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.2.3"));
        await File.WriteAllTextAsync(bench.Out, "an earlier result");

        var result = await ScanBench.RunAsync(bench.Request("22") with { PublicKeyPem = stranger.PublicKeyPem });

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("authorization-signature:");
        (await File.ReadAllTextAsync(bench.Out)).ShouldBe("an earlier result");
    }

    [Fact]
    public async Task A_list_of_ports_that_cannot_be_read_is_told()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.2.4"));

        (await ScanBench.RunAsync(bench.Request("80-22"))).Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("ports-unreadable:");
    }

    [Fact]
    public async Task An_unfinished_scan_of_other_ports_is_not_mixed_up()
    {
        await using var bench = await ScanBench.CreateAsync();
        await bench.AuthorizeAsync(ScanBench.Loopback("127.4.2.5"));
        using var worker = new Lines();
        worker.Say("checkpoint restart x");
        await ScanBench.RunAsync(bench.Request("1-50000") with { Rate = 50, StopInput = worker });

        var result = await ScanBench.RunAsync(bench.Request("1-10"));

        result.Stops.ShouldHaveSingleItem().Reason.ShouldStartWith("checkpoint-of-another-scan:");
    }

    private static ScanAuthorization Break(ScanAuthorization authorization, string which, DateTimeOffset now) => which switch
    {
        "future" => authorization with { Windows = [new AuthorizedPeriod(now.AddHours(1), now.AddHours(2))] },
        "past" => authorization with { Windows = [new AuthorizedPeriod(now.AddHours(-2), now.AddHours(-1))] },
        "lease" => authorization with { LeaseExpires = now.AddSeconds(-1) },
        "avoid" => authorization with { Avoid = [new AuthorizedPeriod(now.AddMinutes(-1), now.AddMinutes(1))] },
        "kill" => authorization with { KillSwitch = true },
        "excluded" => authorization with { Exclusions = ["127.4.2.0/24"] },
        "no-lab" => authorization with { AllowedLabRanges = [] },
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };
}
