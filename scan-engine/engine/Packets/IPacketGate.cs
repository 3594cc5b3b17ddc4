using VulnDiag.Engine.Authorization;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

/// <summary>The one door that every packet passes: stop, window, lease, target, budget, log.</summary>
internal interface IPacketGate
{
    /// <summary>Waits until <paramref name="packets"/> packets may go to the port, then counts and logs them.</summary>
    /// <exception cref="ScanHaltedException">The authorisation no longer covers it; nothing may be sent.</exception>
    ValueTask PassAsync(Transport transport, int port, int packets, CancellationToken cancellationToken);

    /// <summary>Waits until a packet may go, then lets one packet through to each of the first ports, as many as the budget has.</summary>
    /// <returns>How many of <paramref name="ports"/>, from the first on: at least 1.</returns>
    /// <exception cref="ScanHaltedException">The authorisation no longer covers it; nothing may be sent.</exception>
    ValueTask<int> PassBurstAsync(Transport transport, ReadOnlyMemory<int> ports, CancellationToken cancellationToken);

    /// <summary>Counts packets that the kernel sends by itself (acknowledgements, resets); the next ones wait the longer.</summary>
    void Charge(Transport transport, int port, int packets);

    /// <summary>Counts answers that were seen.</summary>
    void Received(int packets);

    /// <summary>False for ports that are only ever listened to.</summary>
    bool MayWrite(Transport transport, int port);
}
