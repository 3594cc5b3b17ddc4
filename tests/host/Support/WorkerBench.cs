using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>Workers over one data folder and one post, in this process.</summary>
internal sealed class WorkerBench : IDisposable
{
    internal const string From = "shindan@operator.example";
    internal const string Archive = "archive@operator.example";

    internal WorkerBench(Tenant tenant)
    {
        Tenant = tenant;
        Folder = Directory.CreateTempSubdirectory("vulndiag-worker-").FullName;
    }

    internal Tenant Tenant { get; }

    internal string Folder { get; }

    internal string MailFolder => Path.Combine(Folder, "mail");

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal Settings Settings(string data = "data") => new()
    {
        Operator = new OperatorOptions { Name = "試験診断センター", Mail = From, Phone = "03-0000-0000" },
        Kintone = new VulnDiag.Worker.Options.KintoneOptions { Url = Tenant.Emulator.Uri.ToString().TrimEnd('/'), User = "worker", Password = Tenant.Password, AppIdFile = "" },
        Mail = new MailOptions
        {
            Door = MailDoor.Maildir, MaildirFolder = "mail", From = From, Archive = Archive, Coordinators = "coordinator@operator.example", ArchiveGraceMinutes = 0,
        },
        Scan = new ScanOptions { AllowedLabRanges = ["127.0.0.0/8"], SourceAddresses = ["127.0.0.1"], KillSwitchFile = "kill-switch" },
        Signing = new SigningOptions { KeyFile = "keys/signing-key.pem" },
        Store = new StoreOptions { Folder = data },
    };

    internal Task<WorkerComposition> StartAsync(KillPoints? kill = null, IScanLauncher? launcher = null, string data = "data") =>
        StartAsync(Settings(data), kill, launcher ?? new FakeScanLauncher());

    /// <summary>A worker that records complete answers by itself.</summary>
    internal Task<WorkerComposition> StartApplyingAsync(KillPoints? kill) =>
        StartAsync(Settings() with { Mail = Settings().Mail with { Answers = AnswerHandling.Apply } }, kill, new FakeScanLauncher());

    /// <summary>A worker whose scans are what they are in earnest: child processes, of this very build.</summary>
    internal Task<WorkerComposition> StartWithChildrenAsync(ScanOptions scan, string data = "data")
    {
        var settings = Settings(data) with { Scan = scan };
        var launcher = new ChildProcessScanLauncher(settings, WorkerPaths.Of(settings, Folder), NullLogger<ChildProcessScanLauncher>.Instance);
        return StartAsync(settings, kill: null, new NotingLauncher(launcher, Children));
    }

    /// <summary>The scans that were started as child processes.</summary>
    internal List<IRunningScan> Children { get; } = [];

    private Task<WorkerComposition> StartAsync(Settings settings, KillPoints? kill, IScanLauncher launcher) => WorkerComposition.BuildAsync(
        new WorkerParts
        {
            Settings = settings,
            Home = Folder,
            Time = Tenant.Clock,
            Logs = LoggerFactory.Create(static builder => builder.SetMinimumLevel(LogLevel.None)),
            Kill = kill ?? new KillPoints(),
            Launcher = launcher,
        },
        Cancel);

    /// <summary>Everybody who got mail, our own archive apart.</summary>
    internal IReadOnlyList<string> Recipients() =>
        Directory.Exists(MailFolder) ? [.. Directory.EnumerateDirectories(MailFolder).Select(Path.GetFileName).OfType<string>().Where(static name => name is not (Archive or From)).Order()] : [];

    /// <summary>The encoded subject of a mail in somebody's folder.</summary>
    internal string SubjectOf(string address, string name) =>
        File.ReadLines(Directory.EnumerateFiles(Path.Combine(MailFolder, address), name, SearchOption.AllDirectories).Single())
            .First(static line => line.StartsWith("Subject:", StringComparison.Ordinal));

    /// <summary>Message-IDs and recipients of everything that lies in the post, the archive apart.</summary>
    internal IReadOnlyList<string> MailsTo(string address)
    {
        var folder = Path.Combine(MailFolder, address);
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>().Order()] : [];
    }

    /// <summary>Starts scans as ever, and notes them.</summary>
    private sealed class NotingLauncher(IScanLauncher launcher, List<IRunningScan> started) : IScanLauncher
    {
        public async Task<IRunningScan> StartAsync(ScanId id, ScanFolder folder, CancellationToken cancellationToken)
        {
            var scan = await launcher.StartAsync(id, folder, cancellationToken);
            started.Add(scan);
            return scan;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
