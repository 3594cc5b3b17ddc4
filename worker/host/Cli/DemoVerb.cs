using System.CommandLine;
using System.Net.Sockets;
using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Demo;

namespace VulnDiag.Worker.Cli;

/// <summary><c>demo</c>: everything embedded on loopback, from the hearing to the report.</summary>
internal sealed class DemoVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var output = new Option<string>("--out") { Description = "Folder for the summary, reports and mails. One that a stopped demo left is gone on with; a finished one is played anew.", HelpName = "DIR", DefaultValueFactory = static _ => "demo-out" };
        var port = VerbHost.EmulatorPortOption();
        var stay = new Option<bool>("--stay") { Description = "Leave the portal up at the end and print its address, accounts and the mails' address, until Ctrl+C." };
        var command = new Command("demo", "Plays sixteen hospitals from hearing to report, on loopback only, with a clock that jumps.") { output, port, stay };
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(output)!, result.GetValue(port), result.GetValue(stay), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, string output, int port, bool stay, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await DemoFolder.OpenAsync(OutPath.OfFolder("--out", output), cancellationToken);
            using var board = DemoBoard.Of(host.Console);
            await using var theatre = await DemoTheatre.OpenAsync(folder, host.Settings, port, board, cancellationToken);
            await theatre.PlayAsync(cancellationToken);
            var summary = await theatre.SummariseAsync(cancellationToken);
            await folder.FinishAsync(summary, cancellationToken);
            await DemoTable.WriteAsync(host.Console.Out, host.Console.OutWidth, summary, folder.Path);
            if (stay) await theatre.StayAsync(host.Console.Out, cancellationToken);
            return ExitCode.Done;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new VerbFailure("An address that the demo listens on (127.10.0.0/16, or the port of --port) is taken: another demo may be running. End it, then start this one again.");
        }
        catch (Exception fault) when (fault is KintoneException or InvalidOperationException or IOException)
        {
            throw new VerbFailure(fault.Message);
        }
    }
}
