using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Tls;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>
/// Names the service on one open port: the port's usual probes first, then whatever the server says by itself, then TLS, then the
/// probes that are harmless anywhere.
/// </summary>
/// <remarks>Thread-safe; one call per port. Bounded in time, so that a tarpit costs one port and not the scan.</remarks>
internal sealed class PortIdentifier(IPAddress address, string? fqdn, IProbeTransport transport, IPacketGate gate, ProbeLimits limits, IReadOnlyList<IServiceProbe> probes, TimeProvider time)
{
    private static readonly TimeSpan LongestPerPort = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan GreetingWait = TimeSpan.FromSeconds(3);
    private static readonly ProbeInfo GreetingInfo = new("greeting", Transport.Tcp, [], MaxRequests: 0);
    private static readonly ProbeInfo TlsInfo = new("tls", Transport.Tcp, [], MaxRequests: 0);

    /// <summary>Identifies one port.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task<ExaminedPort> IdentifyAsync(Transport protocol, int port, CancellationToken cancellationToken)
    {
        var search = new PortSearch(protocol, port);
        using var timer = new CancellationTokenSource(LongestPerPort, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            if (protocol == Transport.Udp) await AskAllAsync(search, Usual(protocol, port), both.Token);
            else await SearchTcpAsync(search, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            search.NotExamined.Add(new NotExamined(protocol, port, "identify", $"The port took longer than {LongestPerPort.TotalSeconds:0} s."));
        }

        return search.Result();
    }

    private async Task SearchTcpAsync(PortSearch search, CancellationToken cancellationToken)
    {
        if (!gate.MayWrite(Transport.Tcp, search.Port))
        {
            await ListenAsync(search, cancellationToken);
            search.ListenedOnly(ListenOnlyPorts.UsualService(Transport.Tcp, search.Port));
            return;
        }

        if (TlsPorts.Usual(search.Port)) await LookForTlsAsync(search, cancellationToken);
        if (await AskAllAsync(search, Usual(Transport.Tcp, search.Port), cancellationToken)) return;
        if (search.Tls is null) await ListenAsync(search, cancellationToken);
        if (search.Greeting.IsEmpty && !TlsPorts.Usual(search.Port))
        {
            await LookForTlsAsync(search, cancellationToken);
            if (search.Tls is not null && await AskAllAsync(search, Usual(Transport.Tcp, search.Port), cancellationToken)) return;
        }

        if (search.Tls is not null) await ListenAsync(search, cancellationToken);
        var next = search.Greeting.IsEmpty
            ? probes.Where(static probe => probe.Info is { Transport: Transport.Tcp, AnyPort: true })
            : probes.Where(probe => probe.Info.Transport == Transport.Tcp && probe.Recognises(search.Greeting.Span));
        await AskAllAsync(search, next, cancellationToken);
    }

    private async Task<bool> AskAllAsync(PortSearch search, IEnumerable<IServiceProbe> candidates, CancellationToken cancellationToken)
    {
        foreach (var probe in candidates.OrderBy(static probe => probe.Info.Order).ThenBy(static probe => probe.Info.Id, StringComparer.Ordinal))
        {
            if (!search.Asked.Add(probe.Info.Id)) continue;
            search.Take(probe, await ProbeRunner.RunAsync(probe, Context(search, probe.Info), cancellationToken));
            if (search.Found) return true;
        }

        return false;
    }

    /// <summary>What the server says when nothing is asked of it.</summary>
    private async Task ListenAsync(PortSearch search, CancellationToken cancellationToken)
    {
        try
        {
            var patience = limits with { Read = limits.Read < GreetingWait ? limits.Read : GreetingWait };
            await using var link = await Context(search, GreetingInfo, patience).ConnectAsync(cancellationToken);
            search.Greeting = await link.ReadAsync(cancellationToken);
        }
        catch (LinkException error)
        {
            search.LastFailure = error.Message;
        }
    }

    private async Task LookForTlsAsync(PortSearch search, CancellationToken cancellationToken)
    {
        try
        {
            search.Tls = await Context(search, TlsInfo).InspectTlsAsync(prepare: null, cancellationToken);
            // Inside TLS the port is another one: who was asked in the clear is asked again.
            if (search.Tls is not null) search.Asked.Clear();
        }
        catch (LinkException error)
        {
            search.LastFailure = error.Message;
        }
    }

    private IEnumerable<IServiceProbe> Usual(Transport protocol, int port) =>
        probes.Where(probe => probe.Info.Transport == protocol && probe.Info.Ports.Contains(port));

    private ProbeContext Context(PortSearch search, ProbeInfo info, ProbeLimits? patience = null) => new(
        new ProbeTarget(new IPEndPoint(address, search.Port), fqdn) { Greeting = search.Greeting, Tls = search.Tls }, info, transport, gate, patience ?? limits, time);
}
