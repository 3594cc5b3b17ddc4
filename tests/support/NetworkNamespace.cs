using System.Diagnostics;
using System.Net;
using Xunit;

namespace VulnDiag.TestSupport;

/// <summary>
/// A network namespace of our own, joined to this machine by one veth pair: hosts on it answer as Linux does, and nothing sent to them
/// leaves the machine. An unreachable route covers its addresses for as long as it stands.
/// </summary>
/// <remarks>Needs root and iproute2. Addresses are from TEST-NET-2 and the documentation prefix (RFC 5737, RFC 3849).</remarks>
public sealed class NetworkNamespace : IDisposable
{
    private const string Guard4 = "198.51.100.0/24", Guard6 = "2001:db8:51::/48", Metric = "4242";
    private const int Blocks = 16, BlockSize = 16;

    private readonly string _name;
    private readonly int _block;
    private readonly FileStream _held;

    private NetworkNamespace(string name, int block, FileStream held) => (_name, _block, _held) = (name, block, held);

    /// <summary>Our end of the pair.</summary>
    public string Device => _name + "a";

    /// <summary>The range to allow as a lab.</summary>
    public static IReadOnlyList<string> Ranges { get; } = [Guard4, Guard6];

    /// <summary>Why none can be made here; null when one can.</summary>
    public static string? WhyNot => Environment.UserName != "root" ? "Network namespaces need root." : !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip") ? "iproute2 is not installed." : null;

    /// <summary>Makes one; skips the running test where none can be made.</summary>
    public static NetworkNamespace MakeOrSkip()
    {
        if (WhyNot is { } why) Assert.Skip(why);
        return Make();
    }

    /// <summary>Makes one.</summary>
    public static NetworkNamespace Make()
    {
        var (block, held) = Hold();
        var made = new NetworkNamespace($"vdt{block}x{Environment.ProcessId % 100000}", block, held);
        made.Build();
        return made;
    }

    /// <summary>A host's address: 1 is our own, 2 to 14 are hosts.</summary>
    public IPAddress Host(int number) => IPAddress.Parse($"198.51.100.{_block * BlockSize + number}");

    /// <summary>The same in IPv6.</summary>
    public IPAddress Host6(int number) => IPAddress.Parse($"2001:db8:51:{_block}::{number}");

    /// <summary>Runs a command inside.</summary>
    /// <returns>What it printed.</returns>
    public string Run(params string[] words) => Command("ip", ["netns", "exec", _name, .. words]);

    /// <summary>Starts a command inside that runs until it is ended.</summary>
    public Process Start(params string[] words) => Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _name, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Loads nftables rules inside.</summary>
    public void Filter(string rules)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, rules);
        Run("nft", "-f", file);
        File.Delete(file);
    }

    /// <summary>Takes it all down again.</summary>
    public void Dispose()
    {
        foreach (var process in Command("ip", ["netns", "pids", _name]).Split('\n', StringSplitOptions.RemoveEmptyEntries)) End(int.Parse(process, System.Globalization.CultureInfo.InvariantCulture));
        TryCommand("ip", ["link", "del", Device]);
        TryCommand("ip", ["netns", "del", _name]);
        _held.Dispose();
    }

    private void Build()
    {
        Command("ip", ["route", "replace", "unreachable", Guard4, "metric", Metric]);
        Command("ip", ["-6", "route", "replace", "unreachable", Guard6, "metric", Metric]);
        Command("ip", ["netns", "add", _name]);
        Command("ip", ["link", "add", Device, "type", "veth", "peer", "name", _name + "b", "netns", _name]);
        Command("ip", ["addr", "add", $"{Host(1)}/28", "dev", Device]);
        Command("ip", ["addr", "add", $"{Host6(1)}/64", "dev", Device, "nodad"]);
        Command("ip", ["link", "set", Device, "up"]);
        Command("ip", ["-n", _name, "link", "set", "lo", "up"]);
        for (var number = 2; number < BlockSize - 1; number++)
        {
            Command("ip", ["-n", _name, "addr", "add", $"{Host(number)}/28", "dev", _name + "b"]);
            Command("ip", ["-n", _name, "addr", "add", $"{Host6(number)}/64", "dev", _name + "b", "nodad"]);
        }

        Command("ip", ["-n", _name, "link", "set", _name + "b", "up"]);
    }

    /// <summary>Test runs side by side take different blocks of the range. The guard routes stay: they keep the ranges from leaving this machine.</summary>
    private static (int Block, FileStream Held) Hold()
    {
        for (var block = 0; block < Blocks; block++)
        {
            try
            {
                return (block, new FileStream(Path.Combine(Path.GetTempPath(), $"vulndiag-netns-{block}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Another run holds it.
            }
        }

        throw new InvalidOperationException("All sixteen blocks of addresses are taken by other test runs.");
    }

    private static void End(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            running.Kill();
            running.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static void TryCommand(string file, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(file, words) { RedirectStandardError = true })!;
        process.WaitForExit();
    }

    private static string Command(string file, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(file, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', words)}: {error.Result.Trim()}");
    }
}
