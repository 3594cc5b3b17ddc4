namespace VulnDiag.Engine.Pacing;

/// <summary>
/// How fast one host may be asked: unbounded (the budget is the ceiling) until something is lost or answers take longer, then what the
/// host has been shown to answer, and slowly more.
/// </summary>
/// <remarks>
/// Not thread-safe. Time is cut into short epochs; each is judged once all its probes are answered or given up, by the rate that it
/// was sent at. Additive increase, decrease to the delivered rate: a host that drops what exceeds a limit is found to answer at that limit.
/// </remarks>
internal sealed class AdaptiveRate(int ceiling, LossEstimate loss, TimeProvider time)
{
    private static readonly TimeSpan EpochLength = TimeSpan.FromMilliseconds(200), LongestEpoch = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HurryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LatencyMargin = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(10);
    private const int LeastProbes = 32, LeastLosses = 3;
    private const double ToleratedLoss = 0.03, BackOff = 0.95, SlowDown = 0.8, Growth = 1.004, FirstHurry = 0.02;
    private const double BurstSeconds = 0.02;

    private readonly double _floor = Math.Min(20, ceiling);
    private readonly Queue<EpochTally> _open = new();
    private EpochTally _now = new(0, time.GetTimestamp());
    private int _judgedThrough = -1;
    private int _overloadedThrough = -1;
    private TimeSpan? _quickest;
    private double _rate = ceiling;
    private double _before = ceiling;
    private long _cutAt;
    private int _cutLosses;
    private int _late;
    private int _hurries;
    private bool _proven;
    private double _tokens = 1;
    private long _filled = time.GetTimestamp();

    /// <summary>Packets a second; the ceiling while nothing was lost.</summary>
    public double Rate => _rate;

    /// <summary>True while the host, not the budget, sets the rate.</summary>
    public bool Limited => _rate < ceiling;

    /// <summary>The epoch that probes sent now belong to.</summary>
    public int Epoch => _now.Id;

    /// <summary>Whether silence in an epoch says something of the port: not while the host got more than it answers.</summary>
    /// <returns>Null while that is not known yet.</returns>
    public bool? Tells(int epoch)
    {
        Turn();
        if (epoch <= _overloadedThrough) return false;
        return !Limited || (epoch < _now.Id && _open.All(each => each.Id > epoch)) ? true : null;
    }

    /// <summary>How many probes may go now; the budget may allow fewer.</summary>
    public int Available()
    {
        Turn();
        if (!Limited) return int.MaxValue;
        var now = time.GetTimestamp();
        _tokens = Math.Min(Math.Max(1, _rate * BurstSeconds), _tokens + time.GetElapsedTime(_filled, now).TotalSeconds * _rate);
        _filled = now;
        return _tokens + 1e-6 < Batch ? 0 : (int)(_tokens + 1e-6);
    }

    /// <summary>How long until probes may go.</summary>
    public TimeSpan UntilSome() => Limited ? TimeSpan.FromSeconds(Math.Max(0, (Batch - _tokens) / _rate)) : TimeSpan.Zero;

    /// <summary>Probes left.</summary>
    public void Sent(int probes)
    {
        _now.Sent += probes;
        if (Limited) _tokens -= probes;
    }

    /// <summary>A probe of an epoch was answered by the host.</summary>
    public void Answered(int epoch, TimeSpan roundTrip)
    {
        if (_quickest is null || roundTrip < _quickest) _quickest = roundTrip;
        if (Find(epoch) is not { } one) return;
        one.Answered++;
        if (one.Quickest is null || roundTrip < one.Quickest) one.Quickest = roundTrip;
    }

    /// <summary>A probe of an epoch was answered by a router: that says nothing of the host's limits.</summary>
    public void Void(int epoch)
    {
        if (Find(epoch) is { } one) one.Sent--;
    }

    /// <summary>A probe of an epoch was given up.</summary>
    public void Lost(int epoch)
    {
        if (Find(epoch) is { } one) one.Lost++;
    }

    /// <summary>A probe that was given up was answered after all: when that goes for most of what a cut was made for, the cut was an error.</summary>
    public void AnsweredLate(int epoch)
    {
        if (Find(epoch) is { } one)
        {
            one.Lost--;
            one.Answered++;
        }

        if (epoch > _judgedThrough || ++_late * 2 <= _cutLosses || _cutLosses == 0) return;
        Undo();
    }

    /// <summary>A port that is known to answer did not.</summary>
    public void CanaryLost()
    {
        _proven = true;
        Cut(Math.Min(_rate, Math.Max(_floor, _now.Sent / Seconds(_now))) / 2, int.MaxValue);
    }

    /// <summary>The canary that was thought lost had answered.</summary>
    public void CanaryWasLate()
    {
        _proven = false;
        Undo();
    }

    /// <summary>Answers were lost on our own machine: what is under way tells nothing of the host.</summary>
    public void OwnFault()
    {
        _open.Clear();
        _now = new EpochTally(_now.Id + 1, time.GetTimestamp());
        if (time.GetElapsedTime(_cutAt) < LongestEpoch) Undo();
    }

    /// <summary>Waking up for every single probe costs more than it spreads them.</summary>
    private double Batch => Math.Max(1, _rate * BurstSeconds / 2);

    private void Undo()
    {
        _rate = Math.Max(_rate, _before);
        (_cutLosses, _overloadedThrough) = (0, -1);
    }

    private void Turn()
    {
        while (_open.TryPeek(out var oldest) && (oldest.Sent <= oldest.Answered + oldest.Lost || time.GetElapsedTime(oldest.Begun) > Forgotten)) Judge(_open.Dequeue());
        var age = time.GetElapsedTime(_now.Begun);
        if (age < EpochLength || (_now.Sent < LeastProbes && age < LongestEpoch)) return;
        _now.Length = age;
        _open.Enqueue(_now);
        _now = new EpochTally(_now.Id + 1, time.GetTimestamp());
    }

    private void Judge(EpochTally epoch)
    {
        // What was sent before the last cut says nothing of the rate after it.
        if (epoch.Id <= _judgedThrough || epoch.Sent == 0) return;
        var lost = loss.IsLikely ? epoch.Lost * loss.OfSilence : 0;
        var seconds = epoch.Length.TotalSeconds;
        if (lost >= LeastLosses && lost > ToleratedLoss * (lost + epoch.Answered)) Cut(Math.Min(_rate, (epoch.Sent - lost) / seconds) * BackOff, epoch.Lost);
        else if (IsSlow(epoch)) Cut(Math.Min(_rate, epoch.Sent / seconds) * SlowDown, 0);
        else if (Limited) Grow();
    }

    private bool IsSlow(EpochTally epoch) =>
        epoch.Answered >= LeastLosses && epoch.Quickest > _quickest + (LatencyMargin > _quickest ? LatencyMargin : _quickest);

    private void Cut(double to, int losses)
    {
        if (!Limited) (_tokens, _filled) = (0, time.GetTimestamp());
        (_before, _cutLosses, _late) = (_rate, losses, 0);
        _rate = Math.Clamp(to, _floor, ceiling);
        _cutAt = time.GetTimestamp();
        (_judgedThrough, _hurries) = (_now.Id, 0);
        if (losses > 0) _overloadedThrough = _now.Id;
    }

    private void Grow()
    {
        // A cut for silence that turned out to be filters is taken back at once; one that nothing has confirmed for long, faster and faster.
        var mistaken = !loss.IsLikely && !_proven;
        var factor = mistaken ? 2 : time.GetElapsedTime(_cutAt) > HurryAfter ? Math.Min(2, 1 + FirstHurry * (1 << Math.Min(_hurries++, 6))) : Growth;
        _rate = Math.Min(ceiling, _rate * factor);
        if (!Limited) _proven = false;
    }

    private EpochTally? Find(int id) => id == _now.Id ? _now : _open.FirstOrDefault(each => each.Id == id);

    private double Seconds(EpochTally epoch) => Math.Max(0.05, time.GetElapsedTime(epoch.Begun).TotalSeconds);

    private sealed class EpochTally(int id, long begun)
    {
        public int Id => id;

        public long Begun => begun;

        public TimeSpan Length { get; set; }

        public int Sent { get; set; }

        public int Answered { get; set; }

        public int Lost { get; set; }

        public TimeSpan? Quickest { get; set; }
    }
}
