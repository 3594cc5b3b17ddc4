using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Serilog.Extensions.Logging;
using VulnDiag.Kintone.Stores;
using VulnDiag.Lab;
using VulnDiag.Lab.Demo;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Targets;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Demo;

/// <summary>The demo on stage: kintone, the listeners, the people, one worker, and the clock that jumps when nobody has anything to do.</summary>
internal sealed class DemoTheatre : IAsyncDisposable
{
    private static readonly TimeSpan ScanPause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PastTheWindow = TimeSpan.FromMinutes(31);
    private const int MostFaultsInARow = 20;

    private readonly DemoFolder _folder;
    private readonly DemoBoard _board;
    private readonly JumpClock _clock;
    private readonly List<IAsyncDisposable> _open = [];
    private readonly ILoggerFactory _logs;
    private readonly string _mailKey = DemoDoors.NewKey();
    private int _faults;

    private DemoTheatre(DemoFolder folder, DemoBoard board, ILoggerFactory logs)
    {
        (_folder, _board, _logs) = (folder, board, logs);
        _clock = new JumpClock();
        _clock.JumpTo(folder.Now);
    }

    private KintoneEmulator Kintone { get; set; } = null!;

    private WorkerComposition Worker { get; set; } = null!;

    private DemoStage Stage { get; set; } = null!;

    private DemoPeople People { get; set; } = null!;

    /// <summary>Builds the stage: everything listens and the records are open when this returns.</summary>
    internal static async Task<DemoTheatre> OpenAsync(DemoFolder folder, Settings real, int port, DemoBoard board, CancellationToken cancellationToken)
    {
        var serilog = Logs.Open(real.Logging with { Level = board.LogLevel(real.Logging.Level) });
        var theatre = new DemoTheatre(folder, board, new SerilogLoggerFactory(serilog, dispose: true));
        try
        {
            await theatre.BuildAsync(real, port, cancellationToken);
            return theatre;
        }
        catch
        {
            await theatre.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plays until every engagement is at its end.</summary>
    /// <exception cref="InvalidOperationException">The story is stuck, or the worker keeps failing.</exception>
    internal async Task PlayAsync(CancellationToken cancellationToken)
    {
        await People.OpenRecordsAsync(cancellationToken);
        while (true)
        {
            var faults = await Worker.Round.RunOnceAsync(cancellationToken);
            ThrowIfHopeless(faults);
            var standings = await People.StandingsAsync(cancellationToken);
            var acted = await People.ActAsync(standings, cancellationToken);
            _board.Show(_clock.GetUtcNow(), standings);
            await _folder.KeepClockAsync(_clock.GetUtcNow(), cancellationToken);
            if (acted) continue;
            if (await AtRestAsync(standings, cancellationToken)) return;
            await PassTimeAsync(standings, cancellationToken);
        }
    }

    /// <summary>How it ended.</summary>
    internal Task<JObject> SummariseAsync(CancellationToken cancellationToken) => DemoSummary.ReadAsync(Stage, _folder.Path, cancellationToken);

    /// <summary>Leaves the portal up until the person stops the demo.</summary>
    internal async Task StayAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await DemoDoors.WriteAsync(output, Stage, await People.StandingsAsync(cancellationToken), _mailKey);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how it ends.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Worker is not null) await Worker.StopAsync(CancellationToken.None);
        for (var index = _open.Count - 1; index >= 0; index--) await _open[index].DisposeAsync();
        People?.Dispose();
        _logs.Dispose();
    }

    private async Task BuildAsync(Settings real, int port, CancellationToken cancellationToken)
    {
        var scenario = Scenario.Load(_folder.Start);
        var password = await DemoSettings.PasswordAsync(_folder, cancellationToken);
        Kintone = Keep(await DemoTenant.StartAsync(_folder, scenario, port, password, _mailKey, _clock, cancellationToken));
        Keep(await TargetHost.StartAsync(DemoTargets.Of(scenario, Path.Combine(_folder.Data, "certificates")), TimeProvider.System));
        var settings = DemoSettings.Of(_folder, scenario, Kintone.Uri, password, real);
        await DemoTenant.ApplyAppsAsync(settings, password, _clock, cancellationToken);
        Worker = Keep(await WorkerComposition.BuildAsync(new WorkerParts { Settings = settings, Home = _folder.Path, Time = _clock, Logs = _logs }, cancellationToken));
        var apps = Worker.Get<KintoneAppIds>();
        Stage = new DemoStage
        {
            Kintone = Kintone.Uri,
            EngagementApp = apps.Engagement,
            FindingApp = apps.Finding,
            CommunicationApp = apps.Communication,
            VendorApp = apps.Vendor,
            Clock = _clock,
            Scenario = scenario,
            Password = password,
            MailRoot = _folder.Mail,
            ReportRoot = _folder.Reports,
        };
        People = new DemoPeople(Stage);
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _open.Add(part);
        return part;
    }

    private void ThrowIfHopeless(IReadOnlyList<(string Job, Exception Fault)> faults)
    {
        _faults = faults.Count == 0 ? 0 : _faults + 1;
        if (_faults < MostFaultsInARow) return;
        throw new InvalidOperationException($"The demo's worker fails again and again: {faults[0].Job}: {faults[0].Fault.Message}", faults[0].Fault);
    }

    private async Task<bool> AtRestAsync(IReadOnlyList<DemoStanding> standings, CancellationToken cancellationToken) =>
        standings.All(static standing => standing.Over) && !await Worker.Get<Outbox>().AnyWaitingAsync(cancellationToken);

    private async Task PassTimeAsync(IReadOnlyList<DemoStanding> standings, CancellationToken cancellationToken)
    {
        if (await Worker.Get<ScanStore>().AnyRunningAsync(cancellationToken))
        {
            if (!_folder.WindowWasClosed && standings.Any(static standing => standing.WindowMayClose)) await CloseWindowAsync(cancellationToken);
            else await Task.Delay(ScanPause, TimeProvider.System, cancellationToken);
            return;
        }

        DateTimeOffset?[] waits = [await Worker.Get<SeenStore>().NextLookAsync(cancellationToken), await Worker.Get<Outbox>().NextDueAsync(cancellationToken)];
        var next = waits.Min();
        if (next <= _clock.GetUtcNow())
        {
            await Task.Delay(ScanPause, TimeProvider.System, cancellationToken);
            return;
        }

        if (next is null || next > Stage.Scenario.End)
            throw new InvalidOperationException($"The demo is stuck: {string.Join(", ", standings.Where(static standing => !standing.Over).Select(static standing => $"{standing.Record} {standing.State}"))}.");
        await _folder.KeepClockAsync(next.Value, cancellationToken);
        _clock.JumpTo(next.Value);
    }

    /// <summary>The one window that closes while its scan runs: the clock jumps over its end.</summary>
    private async Task CloseWindowAsync(CancellationToken cancellationToken)
    {
        var past = _clock.GetUtcNow() + PastTheWindow;
        await _folder.KeepClosedWindowAsync(past, cancellationToken);
        _clock.JumpTo(past);
    }
}
