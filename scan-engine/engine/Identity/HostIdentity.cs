using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;

namespace VulnDiag.Engine.Identity;

/// <summary>
/// Who the host is: taken at the start, compared all along. When a mark changes the address may have moved to someone else, and the
/// line stops at once.
/// </summary>
/// <remarks>
/// A mark is kept only when two readings agree, as some greetings carry the time or a number. A change counts only when a second reading
/// confirms it. A mark that cannot be read is no change. Source: SPEC "Scanning".
/// </remarks>
internal sealed class HostIdentity(IdentityReader reader, ScanGate gate, StopSignal stop, CheckpointFile checkpoint, TimeProvider time)
{
    private static readonly TimeSpan CompareEvery = TimeSpan.FromMinutes(1);
    private const int MaxMarks = 4;

    private readonly HashSet<int> _tried = [];
    private long _compared = time.GetTimestamp();
    private int _next;

    /// <summary>Takes marks from open ports that have given none yet, until there are enough: the likely ports all, of the others one mark will do.</summary>
    public async Task TakeAsync(IEnumerable<int> openPorts, CancellationToken cancellationToken)
    {
        foreach (var port in openPorts.OrderByDescending(IdentityReader.IsLikely))
        {
            if (checkpoint.State.Marks.Count >= (IdentityReader.IsLikely(port) ? MaxMarks : 1)) return;
            if (checkpoint.State.Marks.Any(mark => mark.Port == port) || !_tried.Add(port)) continue;
            var mark = await reader.TakeAsync(port, cancellationToken);
            if (mark is null || await reader.ReadAsync(port, mark.Kind, cancellationToken) != mark) continue;
            await checkpoint.AppendAsync([new CheckpointEntry { Mark = mark }], CancellationToken.None);
        }
    }

    /// <summary>Compares one mark, in turn, when the last comparison is a minute old.</summary>
    /// <exception cref="ScanHaltedException">The host is another one.</exception>
    public async Task CompareWhenDueAsync(CancellationToken cancellationToken)
    {
        var marks = checkpoint.State.Marks;
        if (marks.Count == 0 || time.GetElapsedTime(_compared) < CompareEvery) return;
        await CompareAsync(marks[_next++ % marks.Count], cancellationToken);
    }

    /// <summary>Compares every mark: before a scan goes on, and before its result is written.</summary>
    /// <exception cref="ScanHaltedException">The host is another one.</exception>
    public async Task CompareAllAsync(CancellationToken cancellationToken)
    {
        foreach (var mark in checkpoint.State.Marks) await CompareAsync(mark, cancellationToken);
    }

    private async Task CompareAsync(IdentityMark mark, CancellationToken cancellationToken)
    {
        _compared = time.GetTimestamp();
        if (!await DiffersAsync(mark, cancellationToken) || !await DiffersAsync(mark, cancellationToken)) return;
        stop.Raise(new Halt(HaltKind.StopNow, "identity-changed", $"The {mark.Kind} on port {mark.Port} is not the one seen at the start: the address may have moved to someone else."));
        await gate.CheckAsync(cancellationToken);
    }

    private async Task<bool> DiffersAsync(IdentityMark mark, CancellationToken cancellationToken) =>
        await reader.ReadAsync(mark.Port, mark.Kind, cancellationToken) is { } now && now.Value != mark.Value;
}
