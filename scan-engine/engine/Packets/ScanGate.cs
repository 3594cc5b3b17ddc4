using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Pacing;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

/// <summary>The gate of a real scan: waits for the budget, then asks stop, lease, window, target and name, then logs, then lets go.</summary>
/// <remarks>Thread-safe: one burst passes at a time. Source: SPEC "When a packet may leave".</remarks>
internal sealed class ScanGate(LeaseFile lease, TargetGuard guard, NameGuard names, StopSignal stop, PacketBudget budget, PacketLog log, TimeProvider time) : IPacketGate, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _checking = new(1);
    private readonly Lock _logging = new();
    private long _sent;
    private long _received;

    /// <summary>Packets counted so far by this run.</summary>
    public PacketCount Count => new(Interlocked.Read(ref _sent), Interlocked.Read(ref _received));

    /// <summary>The scan's clock, with the demo's jump where the lease carries one for a loopback target.</summary>
    public DateTimeOffset Now => AuthorizationTerms.Clock(lease.Current, time.GetUtcNow());

    public async ValueTask PassAsync(Transport transport, int port, int packets, CancellationToken cancellationToken) =>
        await PassAsync(transport, new[] { port }, packets, cancellationToken);

    public async ValueTask<int> PassBurstAsync(Transport transport, ReadOnlyMemory<int> ports, CancellationToken cancellationToken) =>
        await PassAsync(transport, ports, packetsEach: 1, cancellationToken);

    public void Charge(Transport transport, int port, int packets)
    {
        budget.Charge(packets);
        Interlocked.Add(ref _sent, packets);
        lock (_logging) log.Add(Now, transport, port, packets);
    }

    public void Received(int packets) => Interlocked.Add(ref _received, packets);

    public bool MayWrite(Transport transport, int port) => !ListenOnlyPorts.Holds(transport, port);

    /// <summary>Asks whether a packet could leave now, without sending one.</summary>
    /// <exception cref="ScanHaltedException">It could not.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        if (stop.Current is { } known) throw new ScanHaltedException(known);
        await _checking.WaitAsync(cancellationToken);
        try
        {
            var terms = await lease.RefreshAsync(cancellationToken);
            var halt = AuthorizationTerms.Refuse(terms, guard, time.GetUtcNow())
                ?? await names.RefuseAsync(terms.Fqdn, IPAddress.Parse(terms.Address), cancellationToken);
            if (halt is not null) stop.Raise(halt);
        }
        finally
        {
            _checking.Release();
        }

        if (stop.Current is { } reason) throw new ScanHaltedException(reason);
    }

    /// <summary>Hands to the log's file what was charged since the last burst, so that it survives this process.</summary>
    public void FlushLog()
    {
        lock (_logging) log.Flush();
    }

    /// <summary>Ends the log with what was charged after the last burst.</summary>
    public void Dispose()
    {
        FlushLog();
        _turn.Dispose();
        _checking.Dispose();
    }

    private async ValueTask<int> PassAsync(Transport transport, ReadOnlyMemory<int> ports, int packetsEach, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
        try
        {
            await _turn.WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (stop.Current is { } reason)
        {
            throw new ScanHaltedException(reason);
        }

        try
        {
            var count = await budget.TakeUpToAsync(ports.Length, both.Token);
            if (packetsEach > 1) budget.Charge(count * (packetsEach - 1));
            await CheckAsync(both.Token);
            Log(transport, ports.Span[..count], packetsEach);
            Interlocked.Add(ref _sent, (long)count * packetsEach);
            return count;
        }
        catch (OperationCanceledException) when (stop.Current is { } reason)
        {
            throw new ScanHaltedException(reason);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Log(Transport transport, ReadOnlySpan<int> ports, int packetsEach)
    {
        lock (_logging)
        {
            var now = Now;
            foreach (var port in ports) log.Add(now, transport, port, packetsEach);
            log.Flush();
        }
    }
}
