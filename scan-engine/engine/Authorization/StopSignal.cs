namespace VulnDiag.Engine.Authorization;

/// <summary>Remembers the reason to stop and wakes whatever waits. The gravest reason wins, the first of equals.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _changing = new();

    /// <summary>The reason, or null while the scan may go on.</summary>
    public Halt? Current { get; private set; }

    /// <summary>Cancelled with the first reason.</summary>
    public CancellationToken Token => _stopped.Token;

    /// <summary>Raises a reason to stop.</summary>
    public void Raise(Halt halt)
    {
        lock (_changing)
        {
            if (Current is { } known && known.Kind >= halt.Kind) return;
            Current = halt;
        }

        _stopped.Cancel();
    }

    public void Dispose() => _stopped.Dispose();
}
