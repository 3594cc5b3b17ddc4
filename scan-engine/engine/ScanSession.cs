using System.Net;
using System.Net.Sockets;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Identity;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Ports;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>The parts of one running scan, wired together once its authorisation and its checkpoint are open.</summary>
internal sealed class ScanSession : IAsyncDisposable
{
    /// <summary>A mark that takes longer is no good one: it is read again and again.</summary>
    private static readonly TimeSpan IdentityWait = TimeSpan.FromSeconds(2);

    private readonly PacketLog _log;
    private readonly RawLink? _raw;
    private readonly PacketCount _before;

    private ScanSession(ScanRequest request, LeaseFile lease, ScanPorts ports, CheckpointFile checkpoint, PacketCount before, PacketLog log, RawLink? raw, Action<string> say, StopSignal stop, TimeProvider time)
    {
        (_log, _before, _raw) = (log, before, raw);
        (Lease, Ports, Checkpoint, Stop) = (lease, ports, checkpoint, stop);
        var terms = lease.Current;
        Target = new ScanTarget(terms.Address, terms.Fqdn);
        Address = IPAddress.Parse(terms.Address);
        Transport = new SocketTransport(time);
        var budget = new PacketBudget(Math.Min(request.Rate ?? terms.Budget.PerHost, terms.Budget.Ceiling), terms.Budget.Overall, time);
        (Rate, SteadyRate) = (budget.Rate, budget.SteadyRate);
        var names = new NameGuard(request.Resolver ?? new DnsHostNameResolver([]), time);
        Gate = new ScanGate(lease, new TargetGuard(request.AllowedLabRanges), names, stop, budget, log, time);
        var reader = new IdentityReader(Address, terms.Fqdn, Transport, Gate, ProbeLimits.Default with { Read = IdentityWait }, time);
        Identity = new HostIdentity(reader, Gate, stop, checkpoint, time);
        TcpScan = raw is null ? new ConnectScan(Address, new SocketDialer(), Gate, checkpoint, time) : new SynScan(raw.Attach(Address), Gate, checkpoint, Rate, stop, say, time);
        UdpScan = new UdpScan(new UdpAsker(Address, Transport, Gate, wait: TimeSpan.FromSeconds(1)), checkpoint, time);
        Identifier = new PortIdentifier(Address, terms.Fqdn, Transport, Gate, ProbeLimits.Default, ProbeCatalogue.All, time);
        Checks = new Checks.CheckRunner(Target, terms.Accounts, Transport, Gate, checkpoint, request.FindingSources, time);
    }

    public LeaseFile Lease { get; }

    public ScanPorts Ports { get; }

    public CheckpointFile Checkpoint { get; }

    public StopSignal Stop { get; }

    public ScanTarget Target { get; }

    public IPAddress Address { get; }

    public int Rate { get; }

    /// <summary>Packets a second over time, for forecasts.</summary>
    public double SteadyRate { get; }

    public SocketTransport Transport { get; }

    public ScanGate Gate { get; }

    public HostIdentity Identity { get; }

    public ITcpScan TcpScan { get; }

    public UdpScan UdpScan { get; }

    public PortIdentifier Identifier { get; }

    public Checks.CheckRunner Checks { get; }

    /// <summary>Packets of all runs of this scan.</summary>
    public PacketCount Packets => new(_before.Sent + Gate.Count.Sent, _before.Received + Gate.Count.Received);

    /// <summary>Opens checkpoint and packet log beside the result.</summary>
    /// <param name="say">Told what a person should read while the scan runs.</param>
    /// <returns>The session, or why the checkpoint cannot be gone on from.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task<(ScanSession? Session, Refusal? Refusal)> OpenAsync(
        ScanRequest request, LeaseFile lease, ScanPorts ports, StopSignal stop, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        var terms = lease.Current;
        var plan = new ScanPlan(ScanPlan.CurrentSchema, terms.Address, terms.Fqdn, terms.Line, PortList.Format(ports.Tcp), PortList.Format(ports.Udp));
        var start = new CheckpointStart(plan, request.Seed ?? RandomSeed(), AuthorizationTerms.Clock(terms, time.GetUtcNow()));
        var (checkpoint, refusal) = await CheckpointFile.OpenAsync(CheckpointPath(request), start, time, cancellationToken);
        if (checkpoint is null) return (null, refusal);
        var logFile = request.OutFile + ".packets.csv";
        var before = checkpoint.Resumed ? checkpoint.State.Packets with { Sent = await PacketLog.CountAsync(logFile, checkpoint.State.Start.Started, cancellationToken) } : new PacketCount(0, 0);
        var log = await PacketLog.OpenAsync(logFile, IPAddress.Parse(terms.Address), cancellationToken);
        return (new ScanSession(request, lease, ports, checkpoint, before, log, OpenRaw(request, terms.Address, say, time), say, stop, time), null);
    }

    /// <summary>Writes the packet count to the checkpoint, so that a later run counts on.</summary>
    public ValueTask NotePacketsAsync() => Checkpoint.AppendAsync([new CheckpointEntry { Packets = Packets }], CancellationToken.None);

    /// <summary>Where the checkpoint lies.</summary>
    public static string CheckpointPath(ScanRequest request) => request.OutFile + ".checkpoint";

    /// <summary>The address that the kernel would send from; asking sends nothing.</summary>
    public string? OwnAddress()
    {
        try
        {
            using var socket = new Socket(Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(Address, 9);
            return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _raw?.Dispose();
        Gate.Dispose();
        await _log.DisposeAsync();
        await Checkpoint.DisposeAsync();
    }

    private static RawLink? OpenRaw(ScanRequest request, string address, Action<string> say, TimeProvider time)
    {
        if (!request.RawPackets) return null;
        var raw = RawLink.TryOpen(IPAddress.Parse(address), time, out var why);
        if (raw is null) say($"Ports are found by connecting. {why}");
        return raw;
    }

    private static long RandomSeed() => BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
}
