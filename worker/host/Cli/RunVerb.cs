using System.CommandLine;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;
using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Composition;

namespace VulnDiag.Worker.Cli;

/// <summary><c>run</c>: the worker.</summary>
internal sealed class RunVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var once = new Option<bool>("--once") { Description = "One round, then end." };
        var command = new Command("run", "The worker: takes engagements from their hearing to their report, until stopped. The default.") { once };
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(once), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, bool once, CancellationToken cancellationToken)
    {
        await using var serilog = Logs.Open(host.Settings.Logging);
        using var logs = new SerilogLoggerFactory(serilog);
        var parts = new WorkerParts { Settings = host.Settings, Home = host.Console.Home, Time = host.Console.Time, Logs = logs };
        try
        {
            return once ? await OnceAsync(parts, cancellationToken) : await WorkerHost.RunAsync(parts, cancellationToken);
        }
        catch (KintoneException fault)
        {
            throw new VerbFailure($"kintone at {host.Settings.Kintone.Url}: {fault.Message}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new VerbFailure(fault.Message);
        }
    }

    private static async Task<int> OnceAsync(WorkerParts parts, CancellationToken cancellationToken)
    {
        await using var worker = await WorkerComposition.BuildAsync(parts, cancellationToken);
        var faults = await worker.Round.RunOnceAsync(cancellationToken);
        await worker.StopAsync(CancellationToken.None);
        return faults switch
        {
            [] => ExitCode.Done,
            [(_, KintoneException fault), ..] => throw fault,
            [var (job, fault), ..] => throw new VerbFailure($"{job} failed: {FailureWords.Of(fault)}"),
        };
    }
}
