namespace VulnDiag.Lab.Targets;

/// <summary>Runs targets on loopback, and can swap one for another while it runs: the same address with another identity.</summary>
public sealed class TargetHost : IAsyncDisposable
{
    private readonly Dictionary<(Type Transport, string EndPoint), IAsyncDisposable> _listeners = [];

    private TargetHost(TimeProvider time) => Ledger = new TargetLedger(time);

    /// <summary>Everything that reached the targets.</summary>
    public TargetLedger Ledger { get; }

    /// <summary>Starts targets; all of them listen when this returns.</summary>
    /// <param name="targets">The targets, each with an address and port of its own.</param>
    /// <param name="time">The clock of the ledger: real time, since packets come in it.</param>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken; then none listens.</exception>
    public static async Task<TargetHost> StartAsync(IEnumerable<Target> targets, TimeProvider time)
    {
        var host = new TargetHost(time);
        try
        {
            foreach (var target in targets) host.Start(target);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more target.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public void Start(Target target) => _listeners.Add(KeyOf(target), target.Listen(Ledger));

    /// <summary>Stops the target at the same address, port and transport, if there is one, and starts this one there.</summary>
    public async Task ReplaceAsync(Target target)
    {
        await StopAsync(target);
        Start(target);
    }

    /// <summary>Closes a target's port; its connections are cut.</summary>
    public async Task StopAsync(Target target)
    {
        if (_listeners.Remove(KeyOf(target), out var listener)) await listener.DisposeAsync();
    }

    /// <summary>Closes all ports.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners.Values) await listener.DisposeAsync();
        _listeners.Clear();
    }

    private static (Type Transport, string EndPoint) KeyOf(Target target) =>
        (target is UdpTarget ? typeof(UdpTarget) : typeof(TcpTarget), target.EndPoint.ToString());
}
