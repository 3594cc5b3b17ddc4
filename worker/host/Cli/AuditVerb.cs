using System.CommandLine;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Cli;

/// <summary><c>audit verify</c>: proves that the audit log is whole.</summary>
internal sealed class AuditVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var json = VerbHost.JsonOption();
        var expect = new Option<string?>("--head") { Description = "Hash of an entry that was noted down earlier; it must still be in the log.", HelpName = "HASH" };
        var verify = new Command("verify", "Proves that the audit log is whole: nothing changed, taken out, put in or cut off.") { json, expect };
        verify.SetAction((result, cancellationToken) => VerifyAsync(host, result.GetValue(expect), result.GetValue(json), cancellationToken));
        return new Command("audit", "The audit log: every move, mail, scan and report, in a chain of hashes.") { verify };
    }

    private static async Task<int> VerifyAsync(VerbHost host, string? head, bool json, CancellationToken cancellationToken)
    {
        var folder = host.PathOf(host.Settings.Store.Folder);
        if (!File.Exists(AuditLog.PathIn(folder)) && !Directory.Exists(folder))
            throw new VerbFailure($"There is no data folder {folder}, so no audit log: nothing has run here yet, or Store:Folder names another place.");

        using var log = new AuditLog(await Database.OpenAsync(folder, cancellationToken), host.Console.Time);
        var report = await log.VerifyAsync(head, cancellationToken);
        if (json)
            await host.AnswerJsonAsync(report);
        else
            await host.Console.Out.WriteLineAsync(report.Whole
                ? $"The audit log is whole: {report.Entries} entries, head {report.Head}{Torn(report)}."
                : $"The audit log is NOT whole. {report.Fault}");
        return report.Whole ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Torn(AuditReport report) =>
        report.Torn == 0 ? "" : $" (and {report.Torn} bytes of an entry that a crash left half written; the next entry cuts them off)";
}
