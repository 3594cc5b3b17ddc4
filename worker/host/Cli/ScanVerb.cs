using System.CommandLine;
using VulnDiag.Engine;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Cli;

/// <summary><c>scan</c>: one scan, for an operator or as the worker's child.</summary>
internal sealed class ScanVerb : IVerb
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(15);

    public Command Build(VerbHost host)
    {
        var authorization = new Option<string>("--authorization") { Description = "The signed authorisation.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--out") { Description = "Where the result goes; the same file again goes on from its checkpoint.", HelpName = "RESULT.json", Required = true };
        var ports = new Option<string?>("--ports") { Description = "TCP ports: - for all, or a list such as 22,80,8000-8100.", HelpName = "LIST" };
        var udp = new Option<string?>("--udp-ports") { Description = "UDP ports: a list, top100 or top1000.", HelpName = "LIST" };
        var rate = new Option<int?>("--rate") { Description = "Packets a second to the host.", HelpName = "PPS" };
        var nmap = new Option<string?>("--nmap-xml") { Description = "Also write the result as nmap's XML.", HelpName = "FILE" };
        var controlled = new Option<bool>("--controlled") { Description = "A worker holds standard input: its end ends the scan.", Hidden = true };
        rate.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is <= 0) result.AddError("--rate must be 1 or more.");
        });
        var command = new Command("scan", "Scans one address as its authorisation allows, with progress and resume.") { authorization, output, ports, udp, rate, nmap, controlled };
        AddPortsRule(ports, Transport.Tcp);
        AddPortsRule(udp, Transport.Udp);
        command.SetAction(async (result, cancellationToken) => await RunAsync(
            host,
            new ScanRequest
            {
                AuthorizationFile = Existing(result.GetValue(authorization)!),
                PublicKeyPem = await AuthorizationKeys.ReadPublicAsync(AuthorizationKeys.PublicKeyFile(host.PathOf(host.Settings.Signing.KeyFile)), cancellationToken),
                OutFile = Path.GetFullPath(result.GetValue(output)!),
                Ports = result.GetValue(ports),
                UdpPorts = result.GetValue(udp),
                Rate = result.GetValue(rate),
                NmapXmlFile = result.GetValue(nmap),
                AllowedLabRanges = host.Settings.Scan.AllowedLabRanges,
                Controlled = result.GetValue(controlled),
                Resolver = new DnsHostNameResolver(host.Settings.Scan.NameServers),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, ScanRequest request, CancellationToken cancellationToken)
    {
        var console = host.Console;
        await using var held = await HoldAsync(request.OutFile, console.Time, cancellationToken);
        await using var stops = new StopLines(request.Controlled ? new StreamReader(console.In, Json.Utf8) : null, host.PathOf(host.Settings.Scan.KillSwitchFile), console.Time);
        await using var progress = ScanProgressView.On(console);
        using var vulndb = VulnDbFindings.OpenIfLoaded(host.PathOf(host.Settings.VulnDb.Database));
        if (vulndb is null) await console.Error.WriteLineAsync("No vulnerability database is loaded, so no CVEs are told: vulndb update --from DIR loads one.");
        var result = await new ScanRunner(console.Time).RunAsync(request with { StopInput = stops, FindingSources = vulndb is null ? [] : [vulndb] }, progress, cancellationToken);
        await progress.EndAsync(result, request.OutFile);
        return result.Complete ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Existing(string authorization) =>
        File.Exists(authorization) ? authorization : throw new VerbFailure($"There is no authorisation {authorization}. Make one with: vulndiag authorize");

    private static void AddPortsRule(Option<string?> option, Transport transport) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } list && PortList.Parse(list, transport).Fault is { } fault) result.AddError($"{option.Name}: {fault}");
    });

    // Two scans must not write the same checkpoint: a second one waits for a first that is just ending, and then gives up.
    private static async Task<FileStream> HoldAsync(string outFile, TimeProvider time, CancellationToken cancellationToken)
    {
        OutPath.OfFolder("--out", Path.GetDirectoryName(outFile)!);
        var start = time.GetTimestamp();
        while (true)
        {
            if (ScanHold.TryTake(outFile) is { } held) return held;
            if (time.GetElapsedTime(start) >= LockPatience) throw new VerbFailure($"Another scan is writing {outFile}. Wait for its end, or name another --out.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }
}
