using System.Net;
using Microsoft.Extensions.Time.Testing;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

public sealed class ScanGateTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Authorizations.Now);
    private readonly StopSignal _stop = new();
    private AuthorizationSigner? _signer;
    private PacketLog? _log;

    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
        _signer?.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_packet_is_in_the_log_before_it_is_let_go()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"));

        await gate.PassAsync(Transport.Tcp, 443, 2, CancellationToken.None);

        (await LoggedAsync()).ShouldHaveSingleItem().ShouldBe(new PacketLogEntry(Authorizations.Now, "8.8.8.8", Transport.Tcp, 443, 2));
        gate.Count.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task A_burst_is_as_large_as_the_budget_has()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"), rate: 500);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await gate.PassBurstAsync(Transport.Tcp, new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 }, CancellationToken.None)).ShouldBe(10);
        (await LoggedAsync()).Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_terms_are_asked_after_the_wait_for_the_budget()
    {
        // The window closes while a packet waits for its turn: it must not leave.
        using var gate = await GateAsync(Authorizations.For("8.8.8.8") with { LeaseExpires = Authorizations.Now.AddSeconds(10) }, rate: 1);
        await gate.PassAsync(Transport.Tcp, 443, 30, CancellationToken.None);
        var waiting = gate.PassAsync(Transport.Tcp, 443, 1, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(31));

        (await Should.ThrowAsync<ScanHaltedException>(waiting)).Halt.Word.ShouldBe("lease-expired");
        (await LoggedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_wakes_who_waits_for_the_budget()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"), rate: 1);
        await gate.PassAsync(Transport.Tcp, 443, 30, CancellationToken.None);
        var waiting = gate.PassAsync(Transport.Tcp, 443, 1, CancellationToken.None).AsTask();

        _stop.Raise(new Halt(HaltKind.StopNow, "cancelled", "x"));

        (await Should.ThrowAsync<ScanHaltedException>(waiting)).Halt.Word.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_renewed_lease_counts_from_the_next_burst_on()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"));
        _time.Advance(TimeSpan.FromMinutes(4));
        await RenewAsync(Authorizations.For("8.8.8.8") with { Sequence = 1, LeaseExpires = Authorizations.Now.AddMinutes(9) });
        _time.Advance(TimeSpan.FromMinutes(4));

        await gate.PassAsync(Transport.Tcp, 443, 1, CancellationToken.None);
    }

    [Fact]
    public async Task A_renewal_that_excludes_the_address_stops_at_once()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"));
        await RenewAsync(Authorizations.For("8.8.8.8") with { Sequence = 1, Exclusions = ["8.8.8.0/24"] });
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<ScanHaltedException>(gate.PassAsync(Transport.Tcp, 443, 1, CancellationToken.None).AsTask())).Halt.Word.ShouldBe("address-excluded");
        _stop.Current!.Kind.ShouldBe(HaltKind.StopNow);
    }

    [Fact]
    public async Task What_the_kernel_sends_by_itself_is_logged_with_the_time_at_which_it_was_charged()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"));
        gate.Charge(Transport.Tcp, 22, 2);
        _time.Advance(TimeSpan.FromSeconds(1));

        await gate.PassAsync(Transport.Tcp, 443, 1, CancellationToken.None);

        (await LoggedAsync()).Select(static entry => (entry.Port, entry.Count, entry.At - Authorizations.Now)).ShouldBe([(22, 2, TimeSpan.Zero), (443, 1, TimeSpan.FromSeconds(1))]);
        gate.Count.Sent.ShouldBe(3);
    }

    [Fact]
    public async Task What_was_charged_reaches_the_file_without_another_burst()
    {
        using var gate = await GateAsync(Authorizations.For("8.8.8.8"));
        gate.Charge(Transport.Tcp, 22, 2);
        (await LoggedAsync()).ShouldBeEmpty();

        gate.FlushLog();

        (await LoggedAsync()).ShouldHaveSingleItem().ShouldBe(new PacketLogEntry(Authorizations.Now, "8.8.8.8", Transport.Tcp, 22, 2));
    }

    private async Task<ScanGate> GateAsync(ScanAuthorization authorization, int rate = 1000)
    {
        _signer = await AuthorizationSigner.OpenAsync(_folder.File("key"), CancellationToken.None);
        await RenewAsync(authorization);
        var (lease, _) = await LeaseFile.OpenAsync(_folder.File("jws"), new AuthorizationVerifier(_signer.PublicKeyPem), _time, CancellationToken.None);
        _log = await PacketLog.OpenAsync(_folder.File("log"), IPAddress.Parse(authorization.Address), CancellationToken.None);
        return new ScanGate(lease!, new TargetGuard([]), new NameGuard(new DnsHostNameResolver([]), _time), _stop, new PacketBudget(rate, rate, _time), _log, _time);
    }

    private Task RenewAsync(ScanAuthorization authorization) => LeaseFile.WriteAsync(_folder.File("jws"), _signer!.Sign(authorization), CancellationToken.None);

    private Task<IReadOnlyList<PacketLogEntry>> LoggedAsync() => PacketLog.FindAsync(_folder.File("log"), Authorizations.Now, null, TimeSpan.FromDays(1), CancellationToken.None);
}
