using System.Net;
using System.Threading.Channels;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>
/// Tells TCP ports apart by connecting, many at a time, in a seeded order. A silent port is asked again before it counts as filtered;
/// a third time where most others answered, as then a lost packet is likelier than a filter.
/// </summary>
/// <remarks>
/// Packets are counted as our side sends them: an attempt is one SYN (given up before the kernel repeats it), an open port costs two
/// more (ACK and RST). What was resolved goes to the checkpoint batch by batch; a kill repeats only what was in flight.
/// </remarks>
internal sealed class ConnectScan : ITcpScan
{
    /// <summary>Below the kernel's first retransmission at one second.</summary>
    private static readonly TimeSpan AttemptTime = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100);
    private const int MaxInFlight = 2048;
    private const int MaxBurst = 1024;
    private const int MaxFaults = 200;

    private readonly Channel<(int Port, DialAnswer Answer)> _answers = Channel.CreateUnbounded<(int, DialAnswer)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Queue<(int Port, long Begun, IPortAttempt Attempt)> _begun = new();
    private readonly Dictionary<int, IPortAttempt> _inFlight = [];
    private readonly Action<int, DialAnswer> _told;
    private readonly IPAddress _address;
    private readonly IPortDialer _dialer;
    private readonly IPacketGate _gate;
    private readonly CheckpointFile _checkpoint;
    private readonly TimeProvider _time;
    private int _faults;

    public ConnectScan(IPAddress address, IPortDialer dialer, IPacketGate gate, CheckpointFile checkpoint, TimeProvider time)
    {
        (_address, _dialer, _gate, _checkpoint, _time) = (address, dialer, gate, checkpoint, time);
        _told = (port, answer) => _answers.Writer.TryWrite((port, answer));
    }

    public string Method => "connect";

    public bool GaveUp => _faults >= MaxFaults;

    public async Task RunAsync(IReadOnlyList<int> order, Action<int> progress, CancellationToken cancellationToken)
    {
        var states = _checkpoint.State.Tcp;
        try
        {
            await PassAsync([.. states.In(order, PortState.Untested)], PortState.SilentOnce, order, progress, cancellationToken);
            var silent = states.In(order, PortState.SilentOnce).ToList();
            var answered = states.Count(order, PortState.Open) + states.Count(order, PortState.Closed);
            if (silent.Count * 10 <= answered)
            {
                await PassAsync(silent, PortState.SilentOnce, order, progress, cancellationToken);
                silent = [.. states.In(order, PortState.SilentOnce)];
            }

            await PassAsync(silent, PortState.Filtered, order, progress, cancellationToken);
        }
        finally
        {
            // What was answered counts; what is still in flight is closed now, and no answer of it is one of the port's.
            await TakeAnswersAsync(new Queue<int>(), PortState.Untested, CancellationToken.None);
            foreach (var attempt in _inFlight.Values) attempt.Dispose();
            _inFlight.Clear();
            _begun.Clear();
        }
    }

    private async Task PassAsync(IReadOnlyList<int> ports, PortState ifSilent, IReadOnlyList<int> order, Action<int> progress, CancellationToken cancellationToken)
    {
        var waiting = new Queue<int>(ports);
        var resolved = order.Count - ports.Count;
        while ((waiting.Count > 0 && !GaveUp) || _inFlight.Count > 0)
        {
            if (waiting.Count > 0 && _inFlight.Count < MaxInFlight && !GaveUp) await SendBurstAsync(waiting, cancellationToken);
            else await WaitForAnswerAsync(cancellationToken);
            resolved += await TakeAnswersAsync(waiting, ifSilent, cancellationToken);
            GiveUpOldest();
            progress(resolved);
        }
    }

    private async Task SendBurstAsync(Queue<int> waiting, CancellationToken cancellationToken)
    {
        var burst = waiting.Take(Math.Min(MaxBurst, MaxInFlight - _inFlight.Count)).ToArray();
        var granted = await _gate.PassBurstAsync(Transport.Tcp, burst, cancellationToken);
        for (var i = 0; i < granted; i++)
        {
            var port = waiting.Dequeue();
            var begun = _time.GetTimestamp();
            var attempt = _dialer.Dial(new IPEndPoint(_address, port), _told);
            _inFlight[port] = attempt;
            _begun.Enqueue((port, begun, attempt));
        }
    }

    private async Task WaitForAnswerAsync(CancellationToken cancellationToken)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var oldest = _begun.TryPeek(out var first) ? AttemptTime - _time.GetElapsedTime(first.Begun) : AttemptTime;
        if (oldest < LeastWait) oldest = LeastWait;
        var timer = Task.Delay(oldest, _time, answered.Token);
        await Task.WhenAny(_answers.Reader.WaitToReadAsync(answered.Token).AsTask(), timer);
        await answered.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void GiveUpOldest()
    {
        while (_begun.TryPeek(out var oldest) && (!IsInFlight(oldest) || _time.GetElapsedTime(oldest.Begun) >= AttemptTime))
        {
            if (IsInFlight(oldest) && oldest.Attempt.HasAnswer) return;
            _begun.Dequeue();
            if (IsInFlight(oldest)) oldest.Attempt.Dispose();
        }
    }

    private bool IsInFlight((int Port, long Begun, IPortAttempt Attempt) one) => _inFlight.GetValueOrDefault(one.Port) == one.Attempt;

    private async Task<int> TakeAnswersAsync(Queue<int> waiting, PortState ifSilent, CancellationToken cancellationToken)
    {
        var byState = new Dictionary<PortState, List<int>>();
        var faults = 0;
        while (_answers.Reader.TryRead(out var answer))
        {
            if (!_inFlight.Remove(answer.Port, out var attempt)) continue;
            attempt.Dispose();
            if (answer.Answer == DialAnswer.LocalFault)
            {
                waiting.Enqueue(answer.Port);
                faults++;
                continue;
            }

            Count(answer.Port, answer.Answer);
            var state = StateOf(answer.Answer, ifSilent);
            if (state == PortState.Untested) continue;
            if (!byState.TryGetValue(state, out var list)) byState[state] = list = [];
            list.Add(answer.Port);
        }

        if (byState.Count > 0)
            await _checkpoint.AppendAsync([.. byState.Select(static pair => new CheckpointEntry { Ports = new ResolvedPorts(Transport.Tcp, pair.Key, PortList.Format(pair.Value)) })], CancellationToken.None);
        if (faults > 0)
        {
            _faults++;
            await Task.Delay(FaultPause, _time, cancellationToken);
        }

        return byState.Values.Sum(static list => list.Count);
    }

    private void Count(int port, DialAnswer answer)
    {
        if (answer != DialAnswer.Silent) _gate.Received(1);
        if (answer == DialAnswer.Open) _gate.Charge(Transport.Tcp, port, 2);
    }

    private static PortState StateOf(DialAnswer answer, PortState ifSilent) => answer switch
    {
        DialAnswer.Open => PortState.Open,
        DialAnswer.Closed => PortState.Closed,
        DialAnswer.Prohibited => PortState.Filtered,
        DialAnswer.Silent => ifSilent,
        DialAnswer.LocalFault => PortState.Untested,
    };
}
