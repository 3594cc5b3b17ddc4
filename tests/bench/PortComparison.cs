using System.Globalization;
using System.Text.RegularExpressions;
using VulnDiag.Model;

namespace VulnDiag.Bench;

/// <summary>The port scan side by side with nmap and masscan, in the same run on the same lab. Prints rows for docs/benchmarks.md.</summary>
internal static partial class PortComparison
{
    private const int MostIdle = 64;
    private const string Server = "198.18.0.11", Limited = "198.18.0.15", Dropping = "198.18.0.13";
    private static readonly string[] Four = ["198.18.0.10", "198.18.0.11", "198.18.0.12", "198.18.0.14"];

    public static async Task<int> RunAsync(string[] words)
    {
        if (words.Length == 0)
        {
            await Console.Error.WriteLineAsync("Name the lab's script.");
            return 2;
        }

        await using var lab = await Lab.UpAsync(words[0], MostIdle);
        Console.WriteLine("| hosts | tool | open found | false | seconds | packets | CPU seconds | MB |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in words.Length > 1 ? words[1..] : ["one", "four", "idle", "dropping", "limited"]) await RowAsync(lab, row);
        return 0;
    }

    private static async Task RowAsync(Lab lab, string row)
    {
        switch (row)
        {
            case "one":
                await AllAsync(lab, [Server], "T4", 3);
                break;
            case "four":
                await AllAsync(lab, Four, "T4", 3);
                break;
            case "idle":
                foreach (var count in (int[])[1, 4, 16, MostIdle]) await AllAsync(lab, [.. Enumerable.Range(1, count).Select(static n => $"198.18.1.{n}")], "T4", 1);
                break;
            case "dropping":
                await OursAsync(lab, [Dropping], 20_000);
                await NmapAsync(lab, [Dropping], "T3");
                break;
            case "limited":
                await NmapAsync(lab, [Limited], "T4");
                await OursAsync(lab, [Limited], 100_000);
                break;
            case "limited-again":
                await OursAsync(lab, [Limited], 100_000);
                break;
            default:
                throw new InvalidOperationException($"There is no row {row}.");
        }
    }

    private static async Task AllAsync(Lab lab, string[] hosts, string timing, int times)
    {
        for (var round = 0; round < times; round++)
        {
            await OursAsync(lab, hosts, 400_000);
            await NmapAsync(lab, hosts, timing);
        }

        await MasscanAsync(lab, hosts);
    }

    private static async Task OursAsync(Lab lab, string[] hosts, int rate)
    {
        var run = await Measured.RunAsync(Environment.ProcessPath!, ["sweep", rate.ToString(CultureInfo.InvariantCulture), .. hosts]);
        var answer = Json.Read<Sweep.Answer>(run.Output);
        Print(lab, hosts, "vulndiag", run, answer.Open.SelectMany(static host => host.Value.Select(port => (host.Key, port))));
    }

    private static async Task NmapAsync(Lab lab, string[] hosts, string timing)
    {
        var run = await Measured.RunAsync("nmap", ["-n", "-Pn", $"-{timing}", "-p-", "-oG", "-", .. hosts]);
        Print(lab, hosts, $"nmap -{timing}", run, run.Output.Split('\n').SelectMany(static line => GrepablePort().Matches(line).Select(port => (line.Split(' ')[1], Number(port.Groups[1].Value)))));
    }

    private static async Task MasscanAsync(Lab lab, string[] hosts)
    {
        var peer = (await Shell.RunAsync("ip", "netns", "exec", "vdlab", "cat", "/sys/class/net/vdlab1/address")).Trim();
        var run = await Measured.RunAsync("masscan", ["-p1-65535", "--rate", "200000", "--wait", "1", "--adapter", "vdlab0", "--adapter-ip", "198.18.0.1", "--router-mac", peer, "-oL", "-", string.Join(',', hosts)]);
        Print(lab, hosts, "masscan", run, run.Output.Split('\n').Select(static line => line.Split(' ')).Where(static cells => cells[0] == "open").Select(static cells => (cells[3], Number(cells[2]))));
    }

    private static void Print(Lab lab, string[] hosts, string tool, Measured run, IEnumerable<(string Host, int Port)> found)
    {
        var open = found.ToHashSet();
        var truth = hosts.SelectMany(host => lab.OpenTcp(host).Select(port => (host, port))).ToHashSet();
        var name = hosts.Length == 1 ? hosts[0] : $"{hosts.Length} from {hosts[0]}";
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {tool} | {open.Intersect(truth).Count()} of {truth.Count} | {open.Except(truth).Count()} | {run.Seconds:0.00} | {run.Packets:n0} | {run.CpuSeconds:0.00} | {run.PeakMegabytes:0} |"));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+)/open/tcp")]
    private static partial Regex GrepablePort();
}
