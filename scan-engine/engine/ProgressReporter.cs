using VulnDiag.Engine.Pacing;
using VulnDiag.Engine.Ports;

namespace VulnDiag.Engine;

/// <summary>Tells the caller how the scan goes, a few times a second at most, with a forecast from the pace so far.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ProgressReporter(IScanProgress progress, ScanSession session, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _reporting = new();
    private ScanStage _stage;
    private long _reported;
    private TimeLeft _left = new(time);

    /// <summary>A stage begins.</summary>
    public void Enter(ScanStage stage)
    {
        lock (_reporting)
        {
            _stage = stage;
            _reported = time.GetTimestamp();
            _left = new TimeLeft(time);
            progress.Report(Make(0, 0, null));
        }
    }

    /// <summary>Something that a person should read.</summary>
    public void Say(string message)
    {
        lock (_reporting) progress.Say(message);
    }

    /// <summary>A step of the stage is done.</summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all.</param>
    /// <param name="atMost">When the stage ends at the latest, done or not; null when it has no such end.</param>
    public void Step(int done, int total, TimeSpan? atMost = null)
    {
        lock (_reporting)
        {
            var left = _left.After(done, total);
            if (done < total && time.GetElapsedTime(_reported) < Every) return;
            _reported = time.GetTimestamp();
            progress.Report(Make(done, total, left > atMost ? atMost : left ?? atMost));
        }
    }

    private ScanProgress Make(int done, int total, TimeSpan? remaining)
    {
        var state = session.Checkpoint.State;
        var open = state.Tcp.Count(session.Ports.Tcp, PortState.Open) + state.Udp.Count(session.Ports.Udp, PortState.Open);
        return new ScanProgress(_stage, done, total, open, session.Packets.Sent, remaining);
    }
}
