using Microsoft.Extensions.Time.Testing;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;
using VulnDiag.Lab.Kintone.Faults;

namespace VulnDiag.Kintone.Stores;

public sealed class LeaderRowTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    private readonly FakeTimeProvider time = new();
    private Tenant tenant = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => tenant = await Tenant.InstalledAsync(Ct);

    public ValueTask DisposeAsync() => tenant.DisposeAsync();

    [Fact]
    public async Task The_first_one_leads_and_the_second_stands_by()
    {
        var (first, second) = (Row("a"), Row("b"));
        (await first.BeatAsync(Ct)).ShouldBeOfType<Leading>();
        (await second.BeatAsync(Ct)).ShouldBe(new StandingBy("a"));
        (await first.BeatAsync(Ct)).ShouldBeOfType<Leading>();
        second.Leads.ShouldBeFalse();
    }

    [Fact]
    public async Task One_of_many_at_once_leads()
    {
        var rows = Enumerable.Range(0, 6).Select(each => Row($"w{each}")).ToList();
        var all = await Task.WhenAll(rows.Select(row => row.BeatAsync(Ct)));
        all.Count(static leadership => leadership is Leading).ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_leader_is_replaced_after_its_lease_and_learns_of_it()
    {
        var (first, second) = (Row("a"), Row("b"));
        await first.BeatAsync(Ct);
        await second.BeatAsync(Ct);
        time.Advance(Lease - TimeSpan.FromSeconds(1));
        (await second.BeatAsync(Ct)).ShouldBeOfType<StandingBy>();
        first.RanOut.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        first.RanOut.ShouldBeTrue();
        (await second.BeatAsync(Ct)).ShouldBeOfType<Leading>();
        (await first.BeatAsync(Ct)).ShouldBe(new StandingBy("b"));
    }

    [Fact]
    public async Task A_leader_that_renews_is_never_replaced()
    {
        var (first, second) = (Row("a"), Row("b"));
        for (var beat = 0; beat < 8; beat++)
        {
            (await first.BeatAsync(Ct)).ShouldBeOfType<Leading>();
            (await second.BeatAsync(Ct)).ShouldBeOfType<StandingBy>();
            time.Advance(Lease / 3);
        }
    }

    [Fact]
    public async Task The_same_holder_goes_on_at_once_and_a_released_row_is_free()
    {
        await Row("a").BeatAsync(Ct);
        var again = Row("a");
        (await again.BeatAsync(Ct)).ShouldBeOfType<Leading>();
        await again.ReleaseAsync(Ct);
        (await Row("b").BeatAsync(Ct)).ShouldBeOfType<Leading>();
    }

    [Fact]
    public async Task A_leader_that_cannot_reach_kintone_runs_out_by_itself()
    {
        var row = Row("a");
        await row.BeatAsync(Ct);
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutBefore, Times: null));
        time.Advance(Lease / 2);
        await Should.ThrowAsync<KintoneException>(() => row.BeatAsync(Ct));
        row.RanOut.ShouldBeFalse();
        time.Advance(Lease / 2);
        row.RanOut.ShouldBeTrue();
    }

    [Fact]
    public async Task The_leader_row_is_no_mail_and_no_change()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        await Row("a").BeatAsync(Ct);
        (await store.ChangedSinceAsync(null, Ct)).Records.ShouldBeEmpty();
        (await store.ClaimedAsync(Ct)).ShouldBeEmpty();
    }

    private LeaderRow Row(string holder) => new(tenant.As("worker", time), tenant.Apps, holder, Lease);
}
