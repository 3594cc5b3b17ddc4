using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Tls;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>
/// Names the service on one open port: the port's usual probes first, then whatever the server says by itself, then TLS, then the
/// probes that are harmless anywhere, likeliest first.
/// </summary>
/// <remarks>
/// Thread-safe; one call per port. Bounded in time, so that a tarpit costs one port and not the scan. One conversation at a time with a
/// TCP port: many a device serves one caller and lets the next one wait.
/// </remarks>
internal sealed class PortIdentifier(IPAddress address, string? fqdn, IProbeTransport transport, IPacketGate gate, ProbeLimits limits, IReadOnlyList<IServiceProbe> probes, TimeProvider time)
{
    private const int DatagramsAtOnce = 4;
    private static readonly TimeSpan LongestPerPort = TimeSpan.FromSeconds(60);
    private static readonly ProbeInfo GreetingInfo = new("greeting", Transport.Tcp, [], MaxRequests: 0);
    private static readonly ProbeInfo TlsInfo = new("tls", Transport.Tcp, [], MaxRequests: 0);

    private readonly ProbePatience _patience = new(limits);

    /// <summary>Identifies one port.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task<ExaminedPort> IdentifyAsync(Transport protocol, int port, CancellationToken cancellationToken)
    {
        var search = new PortSearch(protocol, port);
        using var timer = new CancellationTokenSource(LongestPerPort, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            if (protocol == Transport.Udp) await SearchUdpAsync(search, both.Token);
            else await SearchTcpAsync(search, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            search.NotExamined.Add(new NotExamined(protocol, port, "identify", $"The port took longer than {LongestPerPort.TotalSeconds:0} s."));
        }

        return search.Result();
    }

    /// <summary>The usual probes one by one; on a port of no known number the harmless ones a few at a time, as nobody waits for whom they are not meant.</summary>
    private async Task SearchUdpAsync(PortSearch search, CancellationToken cancellationToken)
    {
        if (await AskUsualAsync(search, cancellationToken)) return;
        foreach (var few in AnyPort(search).Where(probe => !search.Asked.Contains(probe.Info.Id)).Chunk(DatagramsAtOnce))
        {
            var outcomes = await Task.WhenAll(few.Select(probe => ProbeRunner.RunAsync(probe, Context(search, probe.Info, _patience.Guess), cancellationToken).AsTask()));
            foreach (var (probe, outcome) in few.Zip(outcomes))
            {
                search.Take(probe, outcome);
                if (search.Found) return;
            }
        }
    }

    private async Task SearchTcpAsync(PortSearch search, CancellationToken cancellationToken)
    {
        if (!gate.MayWrite(Transport.Tcp, search.Port))
        {
            await ListenAsync(search, _patience.ListenedOnly, cancellationToken);
            search.TakeWords();
            search.ListenedOnly(ListenOnlyPorts.UsualService(Transport.Tcp, search.Port));
            return;
        }

        if (TlsPorts.Usual(search.Port)) await LookForTlsAsync(search, limits, cancellationToken);
        if (await AskUsualAsync(search, cancellationToken) || await AskRecognisedAsync(search, cancellationToken)) return;
        if (search.Tls is null && await HearOrFindTlsAsync(search, cancellationToken)) return;
        if (search.Tls is not null && await HearInsideTlsAsync(search, cancellationToken)) return;
        if (await AskAnyPortAsync(search, cancellationToken)) return;
        if (!search.Greeting.IsEmpty || search.Unreachable) return;
        // Who greets only after looking its caller up was too slow for the first wait.
        await ListenAsync(search, _patience.LateGreeting, cancellationToken);
        await AskRecognisedAsync(search, cancellationToken);
    }

    /// <summary>What the server says by itself, or else TLS; then who knows the greeting, or the usual probes inside TLS.</summary>
    private async Task<bool> HearOrFindTlsAsync(PortSearch search, CancellationToken cancellationToken)
    {
        // What was said to another protocol's question is no greeting: a TLS server answers one by an alert.
        search.Greeting = default;
        await ListenAsync(search, _patience.Greeting, cancellationToken);
        if (await AskRecognisedAsync(search, cancellationToken)) return true;
        if (search.Greeting.IsEmpty && !TlsPorts.Usual(search.Port)) await LookForTlsAsync(search, _patience.Guess, cancellationToken);
        return search.Tls is not null && await AskUsualAsync(search, cancellationToken);
    }

    private async Task<bool> HearInsideTlsAsync(PortSearch search, CancellationToken cancellationToken)
    {
        await ListenAsync(search, _patience.Greeting, cancellationToken);
        return await AskRecognisedAsync(search, cancellationToken);
    }

    private Task<bool> AskUsualAsync(PortSearch search, CancellationToken cancellationToken) => AskAllAsync(
        search,
        probes.Where(probe => probe.Info.Transport == search.Protocol && probe.Info.Ports.Contains(search.Port)).OrderBy(static probe => probe.Info.Order),
        limits,
        cancellationToken);

    /// <summary>Asks whoever knows what the server said, by itself or in answer to another protocol's question.</summary>
    private async Task<bool> AskRecognisedAsync(PortSearch search, CancellationToken cancellationToken)
    {
        if (search.TakeWords()) return true;
        if (search.Greeting.IsEmpty) return false;
        var known = probes.Where(probe => probe.Info.Transport == search.Protocol && probe.Recognises(search.Greeting.Span));
        return await AskAllAsync(search, known.OrderBy(static probe => probe.Info.Order), limits, cancellationToken);
    }

    private async Task<bool> AskAnyPortAsync(PortSearch search, CancellationToken cancellationToken)
    {
        var first = true;
        foreach (var probe in AnyPort(search))
        {
            if (search.Unreachable) return false;
            var heard = search.Greeting;
            // The likeliest gets the time that a busy server may need; the others what this network has shown to suffice.
            if (await AskAllAsync(search, [probe], first ? limits : _patience.Guess, cancellationToken)) return true;
            if (!search.Greeting.Span.SequenceEqual(heard.Span) && await AskRecognisedAsync(search, cancellationToken)) return true;
            first = false;
        }

        return false;
    }

    private IEnumerable<IServiceProbe> AnyPort(PortSearch search) =>
        probes.Where(probe => probe.Info.Transport == search.Protocol && probe.Info.AnyPort is not null).OrderBy(static probe => probe.Info.AnyPort);

    private async Task<bool> AskAllAsync(PortSearch search, IEnumerable<IServiceProbe> candidates, ProbeLimits patience, CancellationToken cancellationToken)
    {
        foreach (var probe in candidates)
        {
            if (search.Unreachable || !search.Asked.Add(probe.Info.Id)) continue;
            search.Take(probe, await ProbeRunner.RunAsync(probe, Context(search, probe.Info, patience), cancellationToken));
            if (search.Found) return true;
        }

        return false;
    }

    /// <summary>What the server says when nothing is asked of it.</summary>
    private async Task ListenAsync(PortSearch search, ProbeLimits patience, CancellationToken cancellationToken)
    {
        try
        {
            var begun = time.GetTimestamp();
            await using var link = await Context(search, GreetingInfo, patience).ConnectAsync(cancellationToken);
            if (search.Tls is null) _patience.Connected(time.GetElapsedTime(begun));
            search.Greeting = await link.ReadAsync(cancellationToken);
        }
        catch (LinkException error)
        {
            search.LastFailure = error.Message;
        }
    }

    private async Task LookForTlsAsync(PortSearch search, ProbeLimits patience, CancellationToken cancellationToken)
    {
        try
        {
            search.Tls = await Context(search, TlsInfo, patience).InspectTlsAsync(prepare: null, cancellationToken);
            // Inside TLS the port is another one: who was asked in the clear is asked again.
            if (search.Tls is not null) search.Asked.Clear();
        }
        catch (LinkException error)
        {
            search.LastFailure = error.Message;
        }
    }

    private ProbeContext Context(PortSearch search, ProbeInfo info, ProbeLimits patience) => new(
        new ProbeTarget(new IPEndPoint(address, search.Port), fqdn) { Greeting = search.Greeting, Tls = search.Tls }, info, transport, gate, patience, time);
}
