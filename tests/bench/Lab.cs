using Newtonsoft.Json.Linq;

namespace VulnDiag.Bench;

/// <summary>The lab of real servers in a namespace, and its ground truth. A guard route of our own stands as long as we send.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private static readonly string[] Guard = ["unreachable", "198.18.0.0/15", "metric", "4242"];

    private readonly string _script;
    private readonly JObject _truth;

    private Lab(string script, JObject truth) => (_script, _truth) = (script, truth);

    /// <summary>Starts it with some idle hosts.</summary>
    public static async Task<Lab> UpAsync(string script, int idle)
    {
        await Shell.RunAsync("ip", ["route", "replace", .. Guard]);
        await Shell.RunAsync("env", $"VDLAB_EXTRA={idle}", script, "up");
        return new Lab(script, JObject.Parse(await Shell.RunAsync(script, "truth")));
    }

    /// <summary>The open TCP ports of a host; none of an idle one.</summary>
    public IReadOnlySet<int> OpenTcp(string address) => Open(address, "tcp");

    /// <summary>The open ports of a host, of one protocol.</summary>
    public IReadOnlySet<int> Open(string address, string protocol) => _truth["ports"]!
        .Where(port => (string)port["address"]! == address && (string)port["proto"]! == protocol && (string)port["state"]! == "open")
        .Select(static port => (int)port["port"]!).ToHashSet();

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync(_script, "down");
        await Shell.RunAsync("ip", ["route", "del", .. Guard]);
    }
}
