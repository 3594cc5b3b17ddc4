namespace VulnDiag.Engine.Packets;

/// <summary>One SYN to send.</summary>
/// <param name="Port">Where to.</param>
/// <param name="Attempt">How often the port was asked, with this time; up to <see cref="SynCookie.MaxAttempt"/>.</param>
internal readonly record struct SynProbe(ushort Port, byte Attempt);

/// <summary>Single packets to one host, and the answers to them: the I/O edge below the raw scans.</summary>
/// <remarks>What is sent here has passed the gate before. One scan at a time uses it.</remarks>
internal interface IPacketIo : IDisposable
{
    /// <summary>Answers that our own machine lost so far, because it read them too slowly.</summary>
    long Dropped { get; }

    /// <summary>Sends SYNs in one batch.</summary>
    /// <returns>How many left, from the first on.</returns>
    int SendSyns(ReadOnlySpan<SynProbe> probes);

    /// <summary>Takes the next answer to a probe of ours, if one came.</summary>
    bool TryTake(out PacketAnswer answer);

    /// <summary>Waits until that many answers wait to be taken, or the time is over.</summary>
    ValueTask WaitAsync(TimeSpan atMost, int answers, CancellationToken cancellationToken);
}
