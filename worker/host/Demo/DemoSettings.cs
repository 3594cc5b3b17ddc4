using System.Security.Cryptography;
using VulnDiag.Lab.Demo;
using VulnDiag.Model;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Demo;

/// <summary>The worker's settings for the demo: loopback is allowed here and nowhere else, budgets are raised, mail goes to folders.</summary>
internal static class DemoSettings
{
    internal const string WorkerUser = "vulndiag";
    internal const string AdministratorUser = "administrator";

    /// <summary>The settings of the demo's worker; the browser is that of the real settings.</summary>
    internal static Settings Of(DemoFolder folder, Scenario scenario, Uri kintone, string password, Settings real) => new()
    {
        Operator = new OperatorOptions
        {
            Name = scenario.OperatorName,
            Department = scenario.OperatorDepartment,
            Mail = "diagnosis@vulndiag.example",
            Phone = scenario.OperatorPhone,
        },
        Kintone = new KintoneOptions
        {
            Url = kintone.ToString().TrimEnd('/'),
            User = WorkerUser,
            Password = password,
            AppIdFile = "",
        },
        Mail = new MailOptions
        {
            Door = MailDoor.Maildir,
            From = "diagnosis@vulndiag.example",
            Archive = "archive@vulndiag.example",
            Coordinators = "coordinator@vulndiag.example",
            Answers = AnswerHandling.Apply,
            MaildirFolder = folder.Mail,
            ArchiveGraceMinutes = 0,
        },
        Scan = new ScanOptions
        {
            PacketsPerSecondPerHost = 7_000,
            PacketsPerSecond = 28_000,
            MaxParallel = 4,
            TcpPorts = scenario.TcpPorts,
            UdpPorts = scenario.UdpPorts,
            AllPortsFor = scenario.AllPortsFor,
            AllowedLabRanges = ["127.0.0.0/8"],
            SourceAddresses = ["127.0.0.1"],
            DnsServers = [DemoTargets.NameServer.ToString()],
            KillSwitchFile = Path.Combine(folder.Data, "kill-switch"),
        },
        Signing = new SigningOptions { KeyFile = Path.Combine(folder.Data, "signing-key.pem") },
        Report = real.Report,
        VulnDb = new VulnDbOptions { Database = Path.Combine(folder.Data, "vulndb.sqlite") },
        Store = new StoreOptions { Folder = Path.Combine(folder.Data, "worker") },
        Logging = real.Logging,
    };

    /// <summary>The password of everybody in the demo's kintone, made once per folder.</summary>
    internal static async Task<string> PasswordAsync(DemoFolder folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Data, "password");
        if (File.Exists(file)) return await File.ReadAllTextAsync(file, cancellationToken);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await File.WriteAllTextAsync(file, password, Json.Utf8, cancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return password;
    }
}
