using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Ports;

namespace VulnDiag.Engine.Discovery;

/// <summary>Looks for a sign of life on a few ports that are scanned anyway. Silence is no sign of death: the scan goes on all the same.</summary>
/// <remarks>The ports are those where hospital lines answer most often and whose services carry a mark of identity.</remarks>
internal sealed class PortLiveness(ITcpScan scan, CheckpointFile checkpoint)
{
    private static readonly int[] First = [443, 22, 80, 25, 8443, 4433, 10443, 21, 53, 110, 143, 993, 3389, 8080];

    /// <summary>Asks the first ports that the plan holds.</summary>
    /// <returns>True when one of them answered, openly or by a refusal.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<int> asked, CancellationToken cancellationToken)
    {
        var ports = First.Intersect(asked).ToList();
        await scan.RunAsync(ports, static _ => { }, cancellationToken);
        return Answered(asked);
    }

    /// <summary>True when any port of the host is known to have answered.</summary>
    public bool Answered(IReadOnlyList<int> asked) =>
        asked.Any(port => checkpoint.State.Tcp[port] is PortState.Open or PortState.Closed);
}
