using VulnDiag.Engine.Checkpoint;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>What was found out of one transport's ports, on its way to the checkpoint: a few at a time, as a line a port would be slow.</summary>
/// <remarks>Not thread-safe. What waits here when the process is killed is asked again: at most <see cref="Most"/> ports.</remarks>
internal sealed class PortVerdicts(Transport transport, CheckpointFile checkpoint, TimeProvider time)
{
    /// <summary>The most verdicts that wait.</summary>
    public const int Most = 128;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<int, PortState> _waiting = [];
    private long _since;

    /// <summary>What is known of a port by now.</summary>
    public PortState this[int port] => _waiting.TryGetValue(port, out var state) ? state : checkpoint.State.Of(transport)[port];

    /// <summary>Adds a verdict.</summary>
    public void Add(int port, PortState state)
    {
        if (_waiting.Count == 0) _since = time.GetTimestamp();
        _waiting[port] = state;
    }

    /// <summary>Hands the verdicts on when there are many, or when the first has waited long enough.</summary>
    public ValueTask FlushWhenDueAsync() =>
        _waiting.Count >= Most || (_waiting.Count > 0 && time.GetElapsedTime(_since) >= Longest) ? FlushAsync() : ValueTask.CompletedTask;

    /// <summary>Hands all verdicts on. It is not cancelled half-way.</summary>
    public async ValueTask FlushAsync()
    {
        if (_waiting.Count == 0) return;
        var entries = _waiting.GroupBy(static pair => pair.Value, static pair => pair.Key)
            .Select(group => new CheckpointEntry { Ports = new ResolvedPorts(transport, group.Key, PortList.Format(group)) }).ToList();
        await checkpoint.AppendAsync(entries, CancellationToken.None);
        _waiting.Clear();
    }
}
