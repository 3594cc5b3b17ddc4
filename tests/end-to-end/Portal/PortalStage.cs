using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VulnDiag.Kintone.Stores;
using VulnDiag.Lab;
using VulnDiag.Lab.Demo;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Portal;
using VulnDiag.Lab.Targets;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Demo;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>One hospital's world: the emulator with its portal, a server to scan, a vendor who answers mail, a worker in this process, and a clock that jumps.</summary>
internal sealed class PortalStage : IAsyncDisposable
{
    internal const string Password = "correct-horse-battery";
    internal const string MailKey = "0123456789abcdef0123456789abcdef";
    internal const string Address = "127.77.1.1";
    internal const string VendorMail = "support@toto-net.example";
    private const int MostRounds = 3_000;

    private readonly string _root = Directory.CreateTempSubdirectory("vulndiag-portal-").FullName;
    private readonly List<IAsyncDisposable> _open = [];
    private VendorPerson _vendor = null!;
    private WorkerComposition _worker = null!;
    private KintoneUser _watcher = null!;

    internal JumpClock Clock { get; } = new();

    internal KintoneEmulator Emulator { get; private set; } = null!;

    internal KintoneAppIds Apps { get; private set; } = null!;

    internal static async Task<PortalStage> OpenAsync(CancellationToken cancellationToken)
    {
        var stage = new PortalStage();
        try
        {
            await stage.BuildAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the worker, the vendor and time go on until the record is in a state and the worker has nothing more to do at once.</summary>
    internal async Task UntilAsync(long record, string state, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var faults = await _worker.Round.RunOnceAsync(cancellationToken);
            faults.ShouldBeEmpty();
            var acted = await _vendor.ActAsync(cancellationToken);
            var now = await StateAsync(record, cancellationToken);
            if (acted || await IsBusyAsync(cancellationToken)) continue;
            if (now == state) return;
            var next = await _worker.Get<SeenStore>().NextLookAsync(cancellationToken);
            if (next > Clock.GetUtcNow()) Clock.JumpTo(next.Value);
            else next.ShouldNotBeNull($"stuck in {now} before {state}");
        }

        throw new ShouldAssertException($"{state} was not reached within {MostRounds} rounds: {await StateAsync(record, cancellationToken)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.StopAsync(CancellationToken.None);
        for (var index = _open.Count - 1; index >= 0; index--) await _open[index].DisposeAsync();
        _vendor?.Dispose();
        _watcher?.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancellationToken) =>
        await _worker.Get<ScanStore>().AnyRunningAsync(cancellationToken)
        || await _worker.Get<Outbox>().AnyWaitingAsync(cancellationToken)
        || await _worker.Get<SeenStore>().NextLookAsync(cancellationToken) <= Clock.GetUtcNow();

    private async Task<string> StateAsync(long record, CancellationToken cancellationToken) =>
        (string)(await _watcher.QueryAsync(Apps.Engagement, $"$id = {record}", cancellationToken)).Single()["ステータス"]!["value"]!;

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var folder = await DemoFolder.OpenAsync(Path.Combine(_root, "demo"), cancellationToken);
        Clock.JumpTo(folder.Start);
        Emulator = Keep(await KintoneEmulator.StartAsync(
            new KintoneEmulatorOptions
            {
                Time = Clock,
                Portal = new PortalOptions { MailFolder = folder.Mail, MailKey = MailKey },
                Users =
                [
                    new EmulatorUser(DemoSettings.AdministratorUser, Password) { Administrator = true },
                    new EmulatorUser(DemoSettings.WorkerUser, Password, "worker"),
                    new EmulatorUser("coordinator", Password, "coordinators") { Name = "調整 一郎" },
                    new EmulatorUser("analyst", Password, "analysts") { Name = "分析 花子" },
                    new EmulatorUser("approver", Password, "approvers") { Name = "承認 次郎" },
                    new EmulatorUser("h01", Password, "hospitals"),
                ],
            },
            cancellationToken));
        Keep(await TargetHost.StartAsync([new SshTarget(IPAddress.Parse(Address), 2222, "SSH-2.0-OpenSSH_7.4"), new TelnetTarget(IPAddress.Parse(Address), 2323, "BusyBox v1.31.1")], TimeProvider.System));

        var scenario = Scenario.Load(folder.Start);
        var settings = DemoSettings.Of(folder, scenario, Emulator.Uri, Password, new Settings());
        settings = settings with { Scan = settings.Scan with { TcpPorts = "2200-2400", UdpPorts = "", AllPortsFor = [] } };
        await DemoTenant.ApplyAppsAsync(settings, Password, Clock, cancellationToken);
        _worker = Keep(await WorkerComposition.BuildAsync(new WorkerParts { Settings = settings, Home = folder.Path, Time = Clock, Logs = NullLoggerFactory.Instance }, cancellationToken));
        Apps = _worker.Get<KintoneAppIds>();
        var stage = new DemoStage
        {
            Kintone = Emulator.Uri,
            EngagementApp = Apps.Engagement,
            FindingApp = Apps.Finding,
            CommunicationApp = Apps.Communication,
            VendorApp = Apps.Vendor,
            Clock = Clock,
            Scenario = scenario,
            Password = Password,
            MailRoot = folder.Mail,
            ReportRoot = folder.Reports,
        };
        _vendor = new VendorPerson(stage, new VendorScript(VendorMail, []));
        _watcher = stage.SignIn("coordinator");
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _open.Add(part);
        return part;
    }
}
