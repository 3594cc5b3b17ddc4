using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>A worker that dies between any two steps loses nothing and repeats nothing: another one goes on from there.</summary>
public sealed class KillPointTests
{
    public static TheoryData<string, int> Points => new()
    {
        { "prepared", 1 }, { "prepared", 2 }, { "saved", 1 }, { "saved", 2 }, { "released", 1 }, { "released", 3 },
        { "mail-composed", 1 }, { "mail-claimed", 1 }, { "mail-sending", 1 }, { "mail-sent", 1 }, { "mail-marked", 1 },
        { "scan-taken", 1 }, { "scan-started", 1 }, { "scan-ended", 1 }, { "result-uploaded", 1 }, { "findings-saved", 1 },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Whatever_the_moment_of_death_the_next_worker_ends_where_an_undisturbed_one_does(string point, int visit)
    {
        var undisturbed = await PlayAsync(killer: null);
        var disturbed = await PlayAsync(new Killer(point, visit));
        disturbed.State.ShouldBe(undisturbed.State);
        disturbed.Mails.ShouldBe(undisturbed.Mails, ignoreOrder: true);
        disturbed.Findings.ShouldBe(undisturbed.Findings);
        disturbed.Results.ShouldBe(undisturbed.Results);
    }

    private sealed record Outcome(string State, IReadOnlyList<string> Mails, int Findings, int Results);

    private static async Task<Outcome> PlayAsync(Killer? killer)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var stage = new Stage(bench, killer);
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);
        await stage.RunAsync(4);
        tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        await stage.RunAsync(4);
        await stage.CompleteScansAsync();
        await stage.RunAsync(5);
        await stage.EndAsync();
        if (killer is not null) killer.Struck.ShouldBeTrue("the point was never reached");

        var read = await tenant.ReadAsync(record, Cancel);
        var findings = await tenant.As("analyst").Records.CountAsync(tenant.Apps.Finding, VulnDiag.Kintone.Client.KintoneQuery.All, Cancel);
        return new Outcome(
            (string)read["ステータス"]!["value"]!,
            [.. bench.Recipients().SelectMany(address => bench.MailsTo(address).Select(name => $"{address} {Subject(bench, address, name)}"))],
            (int)findings,
            read["診断結果データ"]!["value"]!.Count());
    }

    private static string Subject(WorkerBench bench, string address, string name) => bench.SubjectOf(address, name);

    /// <summary>A worker that may die, and the one that comes after it.</summary>
    private sealed class Stage(WorkerBench bench, Killer? killer)
    {
        private readonly FakeScanLauncher _launcher = new();
        private WorkerComposition? _worker;

        internal async Task RunAsync(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                _worker ??= await bench.StartAsync(killer is { Struck: false } ? killer.Points : null, _launcher);
                var faults = await _worker.Round.RunOnceAsync(Cancel);
                if (killer is not { Struck: true } || faults.Count == 0)
                {
                    faults.ShouldBeEmpty();
                    continue;
                }

                faults.ShouldAllBe(static fault => fault.Fault is KilledException);
                foreach (var scan in _launcher.Started) await scan.CheckpointAsync("worker-gone", "The worker that started this scan has ended.");
                await _worker.DisposeAsync();
                _worker = null;
            }
        }

        internal async Task CompleteScansAsync()
        {
            foreach (var scan in _launcher.Started) await scan.CompleteAsync(FakeScan.Telnet);
        }

        internal async Task EndAsync()
        {
            if (_worker is null) return;
            await _worker.StopAsync(Cancel);
            await _worker.DisposeAsync();
        }
    }
}
