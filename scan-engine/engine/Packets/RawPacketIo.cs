using System.Net;

namespace VulnDiag.Engine.Packets;

/// <summary>One host's share of a raw link: what is sent to it, and the answers that are proven to be ours.</summary>
internal sealed class RawPacketIo(RawLink link, IPAddress target, UInt128 number, PacketTemplate template, SynCookie cookie, int ownPort, TimeProvider time) : IPacketIo
{
    /// <summary>Far more than is ever in flight: a host that answers a probe a thousand times fills no memory.</summary>
    private const int MostWaiting = 16_384;

    private readonly RawDestination _to = new(target);
    private readonly Lock _changing = new();
    private readonly Queue<PacketAnswer> _inbox = new();
    private TaskCompletionSource? _waiting;
    private int _wanted;
    private long _overflowed;

    public long Dropped => link.Dropped + Interlocked.Read(ref _overflowed);

    public int SendSyns(ReadOnlySpan<SynProbe> probes) => link.SendSyns(probes, template, number, _to);

    public bool TryTake(out PacketAnswer answer)
    {
        lock (_changing) return _inbox.TryDequeue(out answer);
    }

    public async ValueTask WaitAsync(TimeSpan atMost, int answers, CancellationToken cancellationToken)
    {
        TaskCompletionSource arrived;
        lock (_changing)
        {
            if (_inbox.Count >= answers) return;
            (_wanted, _waiting) = (answers, arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(arrived.Task, Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Takes an answer off the wire; called by the capture's thread.</summary>
    internal void Offer(WireAnswer answer, TimeSpan lag)
    {
        if (!cookie.TryRead(answer.Sequence, number, answer.Port, ownPort, out var attempt)) return;
        var at = time.GetTimestamp() - (long)(lag.TotalSeconds * time.TimestampFrequency);
        TaskCompletionSource? arrived = null;
        lock (_changing)
        {
            if (_inbox.Count >= MostWaiting)
            {
                _overflowed++;
                return;
            }

            _inbox.Enqueue(new PacketAnswer(answer.Port, answer.Kind, attempt, at, lag));
            if (_inbox.Count >= _wanted) (arrived, _waiting) = (_waiting, null);
        }

        arrived?.TrySetResult();
    }

    public void Dispose() => link.Detach(number);
}
