using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Tls;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>All that a probe may use: the port it talks to, and a way to talk that counts, checks and limits.</summary>
/// <remarks>One context serves one run of one probe. Every send passes the packet gate first.</remarks>
internal sealed class ProbeContext(ProbeTarget target, ProbeInfo info, IProbeTransport transport, IPacketGate gate, ProbeLimits limits, TimeProvider time)
{
    private int _requestsLeft = info.MaxRequests;

    /// <summary>The port.</summary>
    public ProbeTarget Target { get; } = target;

    /// <summary>Opens a TCP connection, inside TLS where the port speaks TLS from the start.</summary>
    /// <exception cref="LinkException">The other side refused, reset or did not answer.</exception>
    public async ValueTask<ProbeLink> ConnectAsync(CancellationToken cancellationToken)
    {
        var link = await ConnectPlainAsync(cancellationToken);
        if (Target.Tls is null) return link;
        try
        {
            await link.UpgradeToTlsAsync(cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a TCP connection without TLS, whatever the port speaks.</summary>
    /// <exception cref="LinkException">The other side refused, reset or did not answer.</exception>
    public ValueTask<ProbeLink> ConnectPlainAsync(CancellationToken cancellationToken) => OpenAsync(countsRequests: true, cancellationToken);

    /// <summary>Opens a connection for <see cref="InspectTlsAsync"/>, whose preparation the probe's card does not count.</summary>
    internal ValueTask<ProbeLink> ConnectForTlsAsync(CancellationToken cancellationToken) => OpenAsync(countsRequests: false, cancellationToken);

    private async ValueTask<ProbeLink> OpenAsync(bool countsRequests, CancellationToken cancellationToken)
    {
        await Gate.PassAsync(Transport.Tcp, Target.Port, PacketCost.Connection, cancellationToken);
        TookNoConnection = true;
        var stream = await WithinAsync(Limits.Connect, "connect", token => Wire.ConnectAsync(Target.Endpoint, token), cancellationToken);
        TookNoConnection = false;
        Gate.Received(1);
        return new ProbeLink(stream, this, countsRequests, time);
    }

    /// <summary>Sends one datagram and waits for its answer.</summary>
    /// <returns>Null when there was none in time.</returns>
    /// <exception cref="LinkException">The port is closed.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken) =>
        ExchangeAsync(datagram, fromAnyPort: false, cancellationToken);

    /// <summary>The same where the protocol answers from another port of the target (TFTP does).</summary>
    /// <returns>Null when there was none in time.</returns>
    /// <exception cref="LinkException">The port is closed.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> ExchangeFromAnyPortAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken) =>
        ExchangeAsync(datagram, fromAnyPort: true, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(ReadOnlyMemory<byte> datagram, bool fromAnyPort, CancellationToken cancellationToken)
    {
        CountRequest();
        await BeforeSendAsync(Transport.Udp, PacketCost.Message(datagram.Length), cancellationToken);
        var answer = await Wire.ExchangeAsync(Target.Endpoint, datagram, fromAnyPort, Limits.Read, cancellationToken);
        if (answer is not null) Gate.Received(1);
        return answer;
    }

    /// <summary>Which TLS versions the port accepts, with the certificate's facts.</summary>
    /// <param name="prepare">Brings a fresh connection to where a ClientHello may follow; false when it cannot. Null for TLS from the start.</param>
    /// <returns>Null when the port speaks no TLS.</returns>
    /// <remarks>
    /// At most five connections, one per version from TLS 1.3 down to SSL 3.0, and one more for the certificate of a server that knows
    /// TLS 1.3 only; of a server that knows an older one, two more for what it should refuse, and one for each class of suites that it accepts.
    /// </remarks>
    public ValueTask<TlsFacts?> InspectTlsAsync(Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare, CancellationToken cancellationToken) =>
        new TlsInspector(this, prepare).InspectAsync(cancellationToken);

    /// <summary>True after a TCP connection that was not accepted.</summary>
    internal bool TookNoConnection { get; private set; }

    internal ProbeLimits Limits { get; } = limits;

    internal IProbeTransport Wire { get; } = transport;

    internal IPacketGate Gate { get; } = gate;

    /// <summary>Counts one message of the probe against its card.</summary>
    internal void CountRequest()
    {
        if (--_requestsLeft < 0)
            throw new InvalidOperationException($"Probe '{info.Id}' sends more than the {info.MaxRequests} messages on its card.");
    }

    /// <summary>Lets one message through the gate.</summary>
    internal ValueTask BeforeSendAsync(Transport protocol, int packets, CancellationToken cancellationToken)
    {
        if (!Gate.MayWrite(protocol, Target.Port))
            throw new InvalidOperationException($"Probe '{info.Id}' would write to {protocol} port {Target.Port}, which is only listened to.");
        return Gate.PassAsync(protocol, Target.Port, packets, cancellationToken);
    }

    /// <summary>Runs one step with a time limit that is told apart from a stop.</summary>
    internal async ValueTask<T> WithinAsync<T>(TimeSpan limit, string what, Func<CancellationToken, ValueTask<T>> step, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await step(both.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LinkException(LinkFailure.TimedOut, $"No answer to {what} within {limit.TotalSeconds:0.#} s.", error);
        }
    }
}
