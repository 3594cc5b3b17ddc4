using System.Globalization;
using System.Text.RegularExpressions;
using VulnDiag.Engine;
using VulnDiag.Engine.Authorization;
using VulnDiag.Model;

namespace VulnDiag.Bench;

/// <summary>UDP side by side with nmap on the lab: the ports that are open, and the many of a host that sends one ICMP error a second. Prints rows for docs/benchmarks.md.</summary>
internal static partial class UdpComparison
{
    private const string Router = "198.18.0.10";
    private static readonly string[] Hosts = [Router, "198.18.0.11", "198.18.0.12", "198.18.0.13"];

    public static async Task<int> RunAsync(string[] words)
    {
        if (words.Length == 0)
        {
            await Console.Error.WriteLineAsync("Name the lab's script.");
            return 2;
        }

        await using var lab = await Lab.UpAsync(words[0], idle: 0);
        Console.WriteLine("| ports | host | tool | open found | named | seconds | packets | result |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in words.Length > 1 ? words[1..] : ["open", "open-nmap", "wide"])
        {
            if (row == "wide") await OursAsync(lab, Router, "top1000");
            else foreach (var host in Hosts) await (row == "open" ? OursAsync(lab, host, List(lab, host)) : NmapAsync(lab, host, List(lab, host)));
        }

        return 0;
    }

    /// <summary>The child: one scan of UDP ports, with nothing but its result on standard output.</summary>
    public static async Task<int> ScanAsync(string address, string ports)
    {
        var folder = Directory.CreateTempSubdirectory("vulndiag-bench-").FullName;
        using var signer = await AuthorizationSigner.OpenAsync(Path.Combine(folder, "key.pem"), CancellationToken.None);
        var authorization = Sweep.Authorize(System.Net.IPAddress.Parse(address), rate: 200, TimeProvider.System.GetUtcNow());
        var file = Path.Combine(folder, "authorization.jws");
        await LeaseFile.WriteAsync(file, signer.Sign(authorization), CancellationToken.None);
        var request = new ScanRequest
        {
            AuthorizationFile = file,
            PublicKeyPem = signer.PublicKeyPem,
            OutFile = Path.Combine(folder, "result.json"),
            Ports = "",
            UdpPorts = ports,
            AllowedLabRanges = authorization.AllowedLabRanges,
        };
        Console.WriteLine(Json.Write(await new ScanRunner(TimeProvider.System).RunAsync(request, new Quiet(), CancellationToken.None)));
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static string List(Lab lab, string host) => string.Join(',', lab.Open(host, "udp").Order());

    private static async Task OursAsync(Lab lab, string host, string ports)
    {
        var run = await Measured.RunAsync(Environment.ProcessPath!, "udp-scan", host, ports);
        var result = Json.Read<ScanResult>(run.Output);
        var open = result.Ports.Where(static port => port.State == PortResult.Open).Select(static port => port.Port).ToHashSet();
        var coverage = result.Coverage.Udp;
        var maybe = string.Join(' ', result.Ports.Where(static port => port.State != PortResult.Open).Select(static port => port.Port));
        Print(lab, ports, host, "vulndiag", open, result.Ports.Count(static port => port.Service is not null), run,
            $"{coverage.Closed} closed, {coverage.OpenOrFiltered} silent, {coverage.Unresolved} of them unresolved; open or filtered with a reason: {(maybe.Length > 0 ? maybe : "none")}");
    }

    private static async Task NmapAsync(Lab lab, string host, string ports)
    {
        var run = await Measured.RunAsync("nmap", "-n", "-Pn", "-sU", "-sV", "-p", ports, "-oG", "-", host);
        var found = NmapPort().Matches(run.Output).Where(static port => port.Groups[2].Value == "open").ToList();
        Print(lab, ports, host, "nmap -sU -sV", found.Select(static port => int.Parse(port.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet(),
            found.Count(static port => port.Groups[3].Length > 0), run, string.Join(' ', NmapPort().Matches(run.Output).Where(static port => port.Groups[2].Value != "open").Select(static port => $"{port.Groups[1]} {port.Groups[2].Value.Replace('|', ' ')}")));
    }

    private static void Print(Lab lab, string ports, string host, string tool, HashSet<int> open, int named, Measured run, string words)
    {
        var truth = lab.Open(host, "udp");
        Console.WriteLine(FormattableString.Invariant($"| {ports} | {host} | {tool} | {open.Intersect(truth).Count()} of {truth.Count}, {open.Except(truth).Count()} false | {named} | {run.Seconds:0.0} | {run.Packets} | {words} |"));
    }

    [GeneratedRegex(@"(\d+)/(open|closed|open\|filtered|filtered)/udp//([^/]*)/")]
    private static partial Regex NmapPort();

    private sealed class Quiet : IScanProgress
    {
        public void Report(ScanProgress progress)
        {
        }

        public void Say(string message) => Console.Error.WriteLine(message);
    }
}
