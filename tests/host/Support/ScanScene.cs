using System.Text;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Mail;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>An engagement with one scan under way.</summary>
internal sealed class ScanScene : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal required Tenant Tenant { get; init; }

    internal required WorkerBench Bench { get; init; }

    internal required WorkerComposition Worker { get; set; }

    internal required FakeScanLauncher Launcher { get; init; }

    internal required long Record { get; init; }

    internal FakeScan Scan => Launcher.Started[0];

    internal static async Task<ScanScene> ScanningAsync(JObject hearing)
    {
        var scene = await BeforeScanAsync(hearing);
        await scene.RoundsAsync(3);
        scene.Launcher.Started.ShouldHaveSingleItem(await scene.StateAsync());
        return scene;
    }

    /// <summary>The window has just opened, and the worker has not yet looked.</summary>
    /// <param name="hearing">What the hospital answered.</param>
    /// <param name="children">How scans behave that run as child processes; null for scans that are only pretended.</param>
    /// <param name="data">The worker's data folder.</param>
    internal static async Task<ScanScene> BeforeScanAsync(JObject hearing, ScanOptions? children = null, string data = "data")
    {
        var scene = await BeforeWindowAsync(hearing, children, data);
        scene.Tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
        return scene;
    }

    /// <summary>The engagement is ready and waits for its window.</summary>
    /// <inheritdoc cref="BeforeScanAsync"/>
    internal static async Task<ScanScene> BeforeWindowAsync(JObject hearing, ScanOptions? children = null, string data = "data")
    {
        var tenant = await Tenant.StartAsync(Cancel);
        var bench = new WorkerBench(tenant);
        var launcher = new FakeScanLauncher();
        var scene = new ScanScene
        {
            Tenant = tenant,
            Bench = bench,
            Launcher = launcher,
            Worker = children is null ? await bench.StartAsync(launcher: launcher) : await bench.StartWithChildrenAsync(children, data),
            Record = await tenant.SubmitAsync(hearing, Cancel),
        };
        await scene.RoundsAsync(3);
        await scene.ApproveAsync(scene.Record);
        return scene;
    }

    /// <summary>The worker ends as by kill -9: it notes nothing down any more. Another one starts on the same folder.</summary>
    internal async Task SucceedAsync()
    {
        await Worker.DisposeAsync();
        Worker = await Bench.StartAsync(launcher: Launcher);
    }

    /// <summary>The coordinator writes down that every vendor approved.</summary>
    internal async Task ApproveAsync(long record)
    {
        var read = await Tenant.ReadAsync(record, Cancel, "coordinator");
        if (read["ベンダ回答"]!["value"] is not JArray { Count: > 0 } rows) return;
        foreach (var row in rows) row["value"]!["回答"] = Hearings.Value("承認");
        await Tenant.WriteAsync("coordinator", record, new JObject { ["ベンダ回答"] = Hearings.Value(rows) }, Cancel);
        await RoundsAsync(3);
    }

    /// <summary>The worker ends as by kill -9, and its machine with it. One with a data folder of its own takes over once the lease of the first has run out.</summary>
    internal async Task StandbyTakesOverAsync()
    {
        await Worker.DisposeAsync();
        Worker = await Bench.StartAsync(launcher: Launcher, data: "other-machine");
        await RoundAsync();
        Tenant.Clock.Advance(TimeSpan.FromMinutes(4));
        await RoundAsync();
    }

    internal async Task RoundsAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++) await RoundAsync();
    }

    /// <summary>What the ticker does once a second: every job that is due by the worker's clock.</summary>
    internal async Task RingAsync()
    {
        foreach (var entry in Worker.Get<Schedule>().Entries) await Worker.Get<JobRunner>().RingAsync(entry, Cancel);
    }

    internal async Task RoundAsync() => (await Worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();

    /// <summary>The clock goes on to when the worker wants to look next.</summary>
    internal async Task PassTimeAsync() => Tenant.Clock.JumpTo((await Worker.Get<SeenStore>().NextLookAsync(Cancel)).ShouldNotBeNull());

    /// <summary>実施状況 of the one line.</summary>
    internal async Task<string> OutcomeAsync() => (string)(await Tenant.ReadAsync(Record, Cancel))["回線結果"]!["value"]![0]!["value"]!["実施状況"]!["value"]!;

    internal Task<string> StateAsync() => Tenant.StateAsync(Record, Cancel);

    internal Task MailAsync(string from, string text) => new MaildirPost(Bench.MailFolder, Tenant.Clock).DeliverAsync(
        WorkerBench.From,
        Encoding.UTF8.GetBytes($"From: {from}\r\nTo: {WorkerBench.From}\r\nSubject: Re: x\r\nMessage-ID: <{Guid.NewGuid():N}@x.example>\r\nIn-Reply-To: <y@x.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"),
        Cancel);

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        Bench.Dispose();
        await Tenant.DisposeAsync();
    }
}
