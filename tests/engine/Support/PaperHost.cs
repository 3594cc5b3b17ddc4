using Microsoft.Extensions.Time.Testing;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Ports;

namespace VulnDiag.Engine.Support;

/// <summary>A host on paper: answers SYNs after its latency, drops what exceeds its limit, falls silent when told. Waiting turns the clock on.</summary>
internal sealed class PaperHost(FakeTimeProvider time) : IPacketIo
{
    private readonly PriorityQueue<PacketAnswer, long> _coming = new();
    private readonly long _start = time.GetTimestamp();
    private readonly Random _luck = new(1);
    private double _tokens;
    private long _filled = time.GetTimestamp();

    public HashSet<int> Open { get; } = [];

    /// <summary>What a port does when it is not open: refuse, say nothing, or have a router say no.</summary>
    public Func<int, PortState> Otherwise { get; set; } = static _ => PortState.Closed;

    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>SYNs a second beyond which they are dropped; null for none.</summary>
    public double? Limit { get; set; }

    public double Burst { get; set; } = 100;

    /// <summary>Share of probes lost on the way.</summary>
    public double Loss { get; set; }

    /// <summary>When the host answers nothing.</summary>
    public Func<TimeSpan, bool> Down { get; set; } = static _ => false;

    public int Sent { get; private set; }

    public Dictionary<int, int> Asked { get; } = [];

    public List<(TimeSpan At, int Probes)> Bursts { get; } = [];

    public long Dropped { get; set; }

    /// <summary>Answers that the capture loses, once from this many probes on.</summary>
    public (int From, int Count) CaptureLoses { get; set; }

    /// <summary>The capture loses one answer as often as this; null for never.</summary>
    public TimeSpan? CaptureLosesEvery { get; set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Ports that a firewall of our own machine holds back.</summary>
    public HashSet<int> HeldBack { get; } = [];

    /// <summary>When a router says that there is no way to the host.</summary>
    public Func<TimeSpan, bool> Unreachable { get; set; } = static _ => false;

    public int SendSyns(ReadOnlySpan<SynProbe> probes)
    {
        var leaving = 0;
        while (leaving < probes.Length && !HeldBack.Contains(probes[leaving].Port)) leaving++;
        if (leaving > 0) Bursts.Add((Elapsed, leaving));
        foreach (var probe in probes[..leaving]) Take(probe);
        return leaving;
    }

    public bool TryTake(out PacketAnswer answer)
    {
        answer = default;
        return _coming.TryPeek(out _, out var at) && at <= time.GetTimestamp() && _coming.TryDequeue(out answer, out _);
    }

    public ValueTask WaitAsync(TimeSpan atMost, int answers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var end = time.GetTimestamp() + atMost.Ticks;
        if (_coming.TryPeek(out _, out var next) && answers <= _coming.Count) end = Math.Min(end, Math.Max(next, time.GetTimestamp()));
        time.Advance(TimeSpan.FromTicks(Math.Max(0, end - time.GetTimestamp())));
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
    }

    private void Take(SynProbe probe)
    {
        Sent++;
        Asked[probe.Port] = Asked.GetValueOrDefault(probe.Port) + 1;
        if (Down(Elapsed) || !WithinLimit() || _luck.NextDouble() < Loss) return;
        var state = Open.Contains(probe.Port) ? PortState.Open : Otherwise(probe.Port);
        AnswerKind? kind = state switch
        {
            PortState.Open => AnswerKind.SynAck,
            PortState.Closed => AnswerKind.Reset,
            PortState.Untested => AnswerKind.Prohibited,
            _ => null,
        };
        if (Unreachable(Elapsed)) kind = AnswerKind.Unreachable;
        if (kind is null) return;
        if (CaptureLosesEvery is { } every && Elapsed >= every * (Dropped + 1))
        {
            Dropped++;
            return;
        }

        if (CaptureLoses.Count > 0 && Sent >= CaptureLoses.From)
        {
            CaptureLoses = (CaptureLoses.From, CaptureLoses.Count - 1);
            Dropped++;
            return;
        }

        var at = time.GetTimestamp() + Latency.Ticks;
        _coming.Enqueue(new PacketAnswer(probe.Port, kind.Value, probe.Attempt, at, TimeSpan.Zero), at);
    }

    private bool WithinLimit()
    {
        if (Limit is not { } limit) return true;
        var now = time.GetTimestamp();
        _tokens = Math.Min(Burst, _tokens + (_filled == _start ? Burst : time.GetElapsedTime(_filled, now).TotalSeconds * limit));
        _filled = now + (now == _start ? 1 : 0);
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
