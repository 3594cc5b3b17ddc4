using VulnDiag.Engine.Packets;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>One pass over a list of ports by SYN: send, take answers, give up, ask again, judge.</summary>
/// <remarks>
/// Silence is judged only once something that was sent later has been answered; where a port known to answer falls silent too, the
/// silences since prove nothing and are asked again, and so is all that was under way when our own capture lost answers.
/// </remarks>
internal sealed class SynSweep(IPacketIo io, IPacketGate gate, PortVerdicts verdicts, SynHost host, IReadOnlyList<int> order, TimeProvider time)
{
    // What is in flight is what a kill repeats: together with the verdicts that wait, a hundredth of all probes; a silent port takes two.
    private const int FirstWindow = 32, MostInFlight = 512, MostInFlightInTheDark = 1024;
    private const int MaxFaults = 200, MaxFloods = 50;
    private const byte CanaryAttempt = SynCookie.MaxAttempt;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100), RefusedRest = TimeSpan.FromSeconds(1), LookForDropsEvery = TimeSpan.FromMilliseconds(100);

    private readonly ProbeBook _book = new(time);
    private readonly Queue<SynProbe> _held = new();
    private readonly SynProbe[] _batch = new SynProbe[BatchSender.MaxBatch];
    private readonly int[] _ports = new int[BatchSender.MaxBatch];
    private readonly List<int> _silentSinceLook = [];
    private int _next;
    private int _window = FirstWindow;
    private int _settled;
    private int _silences;
    private int _answers;
    private int _faults;
    private int _floods;
    private bool _heardSinceLook;
    private long? _witnessed;
    private long _looked = time.GetTimestamp();
    private long _dropped = io.Dropped;

    /// <summary>Runs the pass.</summary>
    /// <returns>False when our own machine failed to send, or to read what came, so often that ports stay untested.</returns>
    /// <exception cref="HostSilentException">The host answered before and does no longer.</exception>
    public async Task<bool> RunAsync(Action<int> progress, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAllAsync(progress, say, cancellationToken);
        }
        finally
        {
            // What came in before a stop was asked for, and need not be asked again.
            TakeAnswers();
        }
    }

    private async Task<bool> AskAllAsync(Action<int> progress, Action<string> say, CancellationToken cancellationToken)
    {
        var asked = order.Count(port => verdicts[port] is PortState.Untested or PortState.SilentOnce);
        while (_faults < MaxFaults && _floods < MaxFloods)
        {
            TakeAnswers();
            LookForDrops(say);
            _book.GiveUp(host.RoundTrip.Timeout, flight => host.Rate.Lost(flight.Epoch));
            JudgeSilences();
            await verdicts.FlushWhenDueAsync();
            progress(order.Count - asked + _settled);
            if (_settled >= asked && _book.IsEmpty) return true;
            if (await AskCanaryAsync(cancellationToken)) continue;
            var probes = Fill();
            if (probes > 0) await SendAsync(probes, cancellationToken);
            else await WaitAsync(cancellationToken);
        }

        return false;
    }

    private int Room()
    {
        if (host.Canary.Silences > 0) return 0;
        var most = Math.Min(_window, _silences > _answers ? MostInFlightInTheDark : MostInFlight);
        var free = most - _book.InFlight;
        // Many small batches cost more than few large ones: at full speed, wait until a part of the window is free.
        if (!host.Rate.Limited && free < most / 4 && _book.InFlight > 0) return 0;
        return Math.Min(Math.Min(free, host.Rate.Available()), _batch.Length);
    }

    private int Fill()
    {
        var (room, count) = (Room(), 0);
        while (count < room && TakeNext(out var probe)) _batch[count++] = probe;
        return count;
    }

    private bool TakeNext(out SynProbe probe)
    {
        if (_held.TryDequeue(out probe)) return true;
        while (_book.TakeAgain(out var port, out var attempt))
        {
            probe = new SynProbe((ushort)port, attempt);
            if (verdicts[port] is PortState.Untested or PortState.SilentOnce or PortState.Filtered) return true;
        }

        while (_next < order.Count)
        {
            var port = order[_next++];
            var state = verdicts[port];
            probe = new SynProbe((ushort)port, state == PortState.SilentOnce ? (byte)2 : (byte)1);
            if (state is PortState.Untested or PortState.SilentOnce) return true;
        }

        return false;
    }

    private async ValueTask SendAsync(int probes, CancellationToken cancellationToken)
    {
        var (sent, dealtWith) = (0, 0);
        try
        {
            for (var i = 0; i < probes; i++) _ports[i] = _batch[i].Port;
            var granted = await gate.PassBurstAsync(Transport.Tcp, _ports.AsMemory(0, probes), cancellationToken);
            sent = dealtWith = io.SendSyns(_batch.AsSpan(0, granted));
            for (var i = 0; i < sent; i++) _book.Sent(_batch[i].Port, _batch[i].Attempt, host.Rate.Epoch);
            host.Rate.Sent(sent);
            host.Canary.Sent(sent);
            if (sent > 0) _faults = 0;
            if (sent == granted) return;
            // A firewall of our own may hold this one back for good: the others do not wait behind it.
            _book.Again(_batch[sent].Port, _batch[sent].Attempt, RefusedRest);
            dealtWith++;
            await FaultAsync(cancellationToken);
        }
        finally
        {
            for (var i = dealtWith; i < probes; i++) _held.Enqueue(_batch[i]);
        }
    }

    private async ValueTask FaultAsync(CancellationToken cancellationToken)
    {
        _faults++;
        await io.WaitAsync(FaultPause, int.MaxValue, cancellationToken);
    }

    private async ValueTask<bool> AskCanaryAsync(CancellationToken cancellationToken)
    {
        if (host.Canary.FellSilent(CanaryTimeout)) CanaryFellSilent();
        if (host.Canary.Due(host.RoundTrip.Timeout, waitedFor: IsTail && _book.Unjudged > 0) is not { } port) return false;
        await gate.PassAsync(Transport.Tcp, port, 1, cancellationToken);
        if (io.SendSyns([new SynProbe((ushort)port, CanaryAttempt)]) == 1) host.Canary.Asked();
        else await FaultAsync(cancellationToken);
        return true;
    }

    private void CanaryFellSilent()
    {
        if (host.Canary.HostIsGone) throw new HostSilentException();
        if (host.Canary.Silences > 1) return;
        host.Rate.CanaryLost();
        _book.Repeat(alsoInFlight: false);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var wait = LongestWait;
        if (_book.OldestInFlight is { } oldest) wait = Shorter(wait, host.RoundTrip.Timeout - time.GetElapsedTime(oldest));
        if (_book.NextAgain is { } again && host.Canary.Silences == 0) wait = Shorter(wait, -time.GetElapsedTime(again));
        if (host.Canary.Left(CanaryTimeout) is { } left) wait = Shorter(wait, left);
        if (host.Rate.Limited && host.Canary.Silences == 0) wait = Shorter(wait, host.Rate.UntilSome());
        await io.WaitAsync(wait < Breath ? Breath : wait, Math.Max(1, _book.InFlight / 4), cancellationToken);
    }

    /// <summary>Nothing more is to be sent unless silence calls for it.</summary>
    private bool IsTail => _next >= order.Count && _held.Count == 0 && _book.InFlight == 0;

    private TimeSpan CanaryTimeout => host.RoundTrip.Timeout * 2;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void TakeAnswers()
    {
        while (io.TryTake(out var answer))
        {
            gate.Received(1);
            _heardSinceLook = true;
            host.RoundTrip.TakeLag(answer.Lag);
            // The kernel answers every SYN-ACK by a RST of its own.
            if (answer.Kind == AnswerKind.SynAck) gate.Charge(Transport.Tcp, answer.Port, 1);
            if (answer.Kind is AnswerKind.SynAck or AnswerKind.Reset) TakeSign(answer);
            else TakeRefusal(answer);
        }
    }

    /// <summary>The host itself answered.</summary>
    private void TakeSign(PacketAnswer answer)
    {
        if (host.Canary.Silences > 0) Revive(answer);
        host.Canary.Sign();
        if (answer.Attempt == CanaryAttempt)
        {
            // Whatever left before the canary has been witnessed by it.
            _witnessed = host.Canary.AskedAt;
            host.RoundTrip.Take(Trip(host.Canary.AskedAt, answer.At));
            host.Loss.Answered();
            return;
        }

        host.Canary.Learn(answer.Port, closed: answer.Kind == AnswerKind.Reset);
        _answers++;
        var state = answer.Kind == AnswerKind.SynAck ? PortState.Open : PortState.Closed;
        var known = verdicts[answer.Port];
        if (_book.Settle(answer.Port, out var flight)) Measure(flight, answer);
        else if (known is not (PortState.SilentOnce or PortState.Filtered)) return;
        if (known is PortState.Untested or PortState.SilentOnce) Settled();
        verdicts.Add(answer.Port, state);
    }

    /// <summary>The host answers again, or it had answered and our own machine was too slow to see it.</summary>
    private void Revive(PacketAnswer answer)
    {
        _book.Repeat(alsoInFlight: false);
        if (host.Canary.Silences == 1 && !host.Canary.InFlight && answer.Attempt == CanaryAttempt) host.Rate.CanaryWasLate();
    }

    private void Measure(Flight flight, PacketAnswer answer)
    {
        if (flight.Attempt != answer.Attempt || flight.GivenUp)
        {
            if (flight.GivenUp) host.Rate.AnsweredLate(flight.Epoch);
            if (flight.Attempt == answer.Attempt) host.RoundTrip.Take(Trip(flight.SentAt, answer.At));
            if (!flight.GivenUp) host.Rate.Void(flight.Epoch);
            return;
        }

        var trip = Trip(flight.SentAt, answer.At);
        host.RoundTrip.Take(trip);
        host.Rate.Answered(flight.Epoch, trip);
        if (flight.Attempt == 1) host.Loss.Answered();
        else host.Loss.Repeated(answered: true);
        if (_witnessed is null || flight.SentAt > _witnessed) _witnessed = flight.SentAt;
    }

    /// <summary>A batch is stamped once it has left; its first answers may be here by then.</summary>
    private TimeSpan Trip(long sentAt, long answeredAt) => answeredAt > sentAt ? time.GetElapsedTime(sentAt, answeredAt) : TimeSpan.Zero;

    /// <summary>A router, or a firewall on the host, says no.</summary>
    private void TakeRefusal(PacketAnswer answer)
    {
        // That there is no way to the host, for now, says nothing of the port: its silence is judged like any other.
        if (answer.Kind == AnswerKind.Unreachable) return;
        var known = verdicts[answer.Port];
        if (!_book.Settle(answer.Port, out var flight)) return;
        if (!flight.GivenUp) host.Rate.Void(flight.Epoch);
        if (known is PortState.Untested or PortState.SilentOnce) Filtered(answer.Port);
    }

    private void JudgeSilences()
    {
        while (_book.PeekSilence(host.Canary.Known ? _witnessed ?? long.MinValue : null, out var port, out var flight))
        {
            // The last silence of a port counts only when it was not asked at a rate that the host does not answer at.
            bool? last = flight.Attempt < host.Loss.Tries ? false : IsTail ? true : host.Rate.Tells(flight.Epoch);
            if (last is null) return;
            _book.Settle(port, out _);
            _silentSinceLook.Add(port);
            _silences++;
            if (flight.Attempt > 1) host.Loss.Repeated(answered: false);
            else host.Loss.Silent();
            if (last == true) Filtered(port);
            else AskAgain(port, flight);
        }
    }

    private void AskAgain(int port, Flight flight)
    {
        if (verdicts[port] == PortState.Untested) verdicts.Add(port, PortState.SilentOnce);
        // Later attempts wait twice as long each (RFC 6298 section 5.5): what held up one shall not hold up all.
        _book.Again(port, (byte)Math.Min(flight.Attempt + 1, CanaryAttempt - 1), host.RoundTrip.Timeout * (1 << (flight.Attempt - 1)));
        Widen();
    }

    private void Filtered(int port)
    {
        if (verdicts[port] is PortState.Untested or PortState.SilentOnce) Settled();
        verdicts.Add(port, PortState.Filtered);
    }

    private void LookForDrops(Action<string> say)
    {
        if (time.GetElapsedTime(_looked) < LookForDropsEvery) return;
        _looked = time.GetTimestamp();
        var dropped = io.Dropped - _dropped;
        if (dropped > 0) RepeatWhatMayHaveBeenDropped(dropped, say);
        else if (_heardSinceLook) _floods = 0;
        _heardSinceLook = false;
        _silentSinceLook.Clear();
    }

    private void RepeatWhatMayHaveBeenDropped(long dropped, Action<string> say)
    {
        _dropped += dropped;
        _floods++;
        host.Rate.OwnFault();
        var repeated = _book.Repeat(alsoInFlight: true);
        foreach (var port in _silentSinceLook.Where(port => verdicts[port] == PortState.Filtered))
        {
            _book.Again(port, 2, TimeSpan.Zero);
            repeated++;
        }

        say($"This machine was too busy to read {dropped} answers; {repeated} ports are asked again.");
    }

    private void Settled()
    {
        _settled++;
        Widen();
    }

    private void Widen() => _window = Math.Min(_window + 1, MostInFlightInTheDark);
}
