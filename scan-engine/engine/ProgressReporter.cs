using VulnDiag.Engine.Ports;

namespace VulnDiag.Engine;

/// <summary>Tells the caller how the scan goes, a few times a second at most, with a forecast from the pace so far.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProgressReporter(IScanProgress progress, ScanSession session, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _reporting = new();
    private ScanStage _stage;
    private long _entered;
    private long _reported;
    private int? _first;

    /// <summary>A stage begins.</summary>
    public void Enter(ScanStage stage)
    {
        lock (_reporting)
        {
            _stage = stage;
            _entered = _reported = time.GetTimestamp();
            _first = null;
            progress.Report(Make(0, 0, null));
        }
    }

    /// <summary>Something that a person should read.</summary>
    public void Say(string message)
    {
        lock (_reporting) progress.Say(message);
    }

    /// <summary>A step of the stage is done.</summary>
    public void Step(int done, int total)
    {
        lock (_reporting)
        {
            _first ??= done;
            if (done < total && time.GetElapsedTime(_reported) < Every) return;
            _reported = time.GetTimestamp();
            progress.Report(Make(done, total, Remaining(done, total)));
        }
    }

    private TimeSpan? Remaining(int done, int total)
    {
        var made = done - (_first ?? 0);
        return made <= 0 ? null : time.GetElapsedTime(_entered) * ((double)(total - done) / made);
    }

    private ScanProgress Make(int done, int total, TimeSpan? remaining)
    {
        var state = session.Checkpoint.State;
        var open = state.Tcp.Count(session.Ports.Tcp, PortState.Open) + state.Udp.Count(session.Ports.Udp, PortState.Open);
        return new ScanProgress(_stage, done, total, open, session.Packets.Sent, remaining);
    }
}
