using VulnDiag.Engine.Authorization;

namespace VulnDiag.Engine.Ports;

/// <summary>Asks silent UDP ports one after another, at the pace at which the host tells of closed ones.</summary>
/// <remarks>
/// Linux sends one peer one ICMP error a second after the first six (icmp_ratelimit in the kernel's ip-sysctl documentation), other
/// systems have limits of their own. So a silence is asked again after a rest that outlasts Linux's limit: an answer then says that the
/// pace was too high; a second silence counts only when a port known to be closed tells so after the same rest. That there is no way to
/// a port counts once it has been said twice in a row.
/// </remarks>
internal sealed class UdpSlowSweep(UdpAsker asker, int closedPort, TimeProvider time)
{
    /// <summary>The longest that it takes; what is left then stays unresolved.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.1), ShortestPause = TimeSpan.FromMilliseconds(10);
    private const double Faster = 0.9, Slower = 1.5;

    private readonly long _begun = time.GetTimestamp();
    private TimeSpan _pause = ShortestPause;

    /// <summary>How long it will still take at most.</summary>
    public TimeSpan Left => Longest - time.GetElapsedTime(_begun) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Asks ports until none is left, the time is over, or the host tells of closed ports no longer.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task RunAsync(IEnumerable<int> silent, Func<int, PortState, ValueTask> resolved, CancellationToken cancellationToken)
    {
        foreach (var port in silent)
        {
            if (Left == TimeSpan.Zero || await JudgeAsync(port, cancellationToken) is not { } state) return;
            await resolved(port, state);
        }
    }

    private async ValueTask<PortState?> JudgeAsync(int port, CancellationToken cancellationToken)
    {
        var first = await AskAfterAsync(_pause, port, cancellationToken);
        if (first == UdpAnswer.Refused) _pause = Between(_pause * Faster, ShortestPause);
        if (first is UdpAnswer.Answered or UdpAnswer.Refused) return UdpScan.StateOf(first);
        var answer = await AskAfterAsync(Rest, port, cancellationToken);
        if (first == UdpAnswer.Silent && answer == UdpAnswer.Refused) _pause = Between(_pause * Slower, Rest / 4);
        if (first == UdpAnswer.Silent && answer == UdpAnswer.Prohibited) answer = await AskAfterAsync(Rest, port, cancellationToken);
        if (answer != UdpAnswer.Silent) return UdpScan.StateOf(answer);
        return await TellsOfClosedPortsAsync(cancellationToken) ? PortState.KeptSilent : null;
    }

    /// <summary>One of two datagrams may be lost.</summary>
    private async ValueTask<bool> TellsOfClosedPortsAsync(CancellationToken cancellationToken) =>
        await AskAfterAsync(Rest, closedPort, cancellationToken) == UdpAnswer.Refused || await AskAfterAsync(Rest, closedPort, cancellationToken) == UdpAnswer.Refused;

    private async ValueTask<UdpAnswer> AskAfterAsync(TimeSpan pause, int port, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, time, cancellationToken);
        return await asker.AskAsync(port, again: true, cancellationToken);
    }

    private static TimeSpan Between(TimeSpan pause, TimeSpan least) => pause < least ? least : pause > Rest ? Rest : pause;
}
