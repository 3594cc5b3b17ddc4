namespace VulnDiag.Engine.Authorization;

/// <summary>
/// The line from the worker to a scan: the child's standard input. <c>stop WORD words…</c> sends nothing more, now;
/// <c>checkpoint WORD words…</c> ends with a checkpoint. Where the scan is controlled by a worker, the end of the input means that the
/// worker is gone, and ends the scan with a checkpoint too.
/// </summary>
/// <remarks>The lease is the net below: a worker that can neither write nor close its end can no longer renew either.</remarks>
internal sealed class StopChannel(StopSignal signal, bool controlled)
{
    private const int MaxWordLength = 40;

    /// <summary>Listens until the input ends, a stop is read, or <paramref name="cancellationToken"/> says that the scan is over.</summary>
    public async Task ListenAsync(TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            while (await input.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
            {
                if (Parse(line) is not { } halt) continue;
                signal.Raise(halt);
                if (halt.Kind == HaltKind.StopNow) return;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (IOException)
        {
            // A broken pipe is an ended one.
        }

        if (controlled) signal.Raise(new Halt(HaltKind.HostStopping, "worker-gone", "The worker that started this scan has ended."));
    }

    /// <summary>Reads one line.</summary>
    /// <returns>Null for a line that says neither; it is no reason to stop nor to fail.</returns>
    internal static Halt? Parse(string line)
    {
        var parts = line.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        HaltKind? kind = parts.FirstOrDefault() switch
        {
            "stop" => HaltKind.StopNow,
            "checkpoint" => HaltKind.HostStopping,
            _ => null,
        };
        if (kind is null) return null;
        var word = parts.Length > 1 && parts[1].Length <= MaxWordLength ? parts[1] : "stopped";
        return new Halt(kind.Value, word, parts.Length > 2 ? parts[2] : "Asked for by the worker.");
    }
}
