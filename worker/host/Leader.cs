using Microsoft.Extensions.Logging;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker;

/// <summary>Whether this worker may act: it leads, and it has lately seen kintone and the mailbox. Thread-safe for readers; one job beats.</summary>
/// <remarks>Source: SPEC "When a packet may leave" (if either cannot be read for 2 minutes, the lease is not renewed).</remarks>
internal sealed class Leader(LeaderRow row, TimeProvider time, ILogger<Leader> log)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Blindness = TimeSpan.FromMinutes(2);
    private long? _kintoneSeen;
    private long? _mailboxSeen;
    private bool _stoodBy;
    private bool _beatLastTime;

    /// <summary>How often this worker has begun to lead.</summary>
    internal int Term { get; private set; }

    /// <summary>True while no other worker can have taken over: records may be moved and effects done.</summary>
    internal bool MayAct => !row.RanOut;

    /// <summary>True while leases of scans may be renewed too.</summary>
    internal bool MayScan => MayAct && IsFresh(_kintoneSeen) && IsFresh(_mailboxSeen);

    /// <summary>Takes, renews or watches the row, unless it was just done and nothing is being scanned.</summary>
    /// <returns>True when the row was asked.</returns>
    internal async Task<bool> BeatIfDueAsync(bool scanning, CancellationToken cancellationToken)
    {
        _beatLastTime = !_beatLastTime || scanning || row.RanOut;
        if (_beatLastTime) await BeatAsync(cancellationToken);
        return _beatLastTime && !scanning;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var led = MayAct;
        var standing = await row.BeatAsync(cancellationToken);
        var standsBy = standing is StandingBy;
        if (!standsBy && !led) BeginTerm();
        if (standsBy && !_stoodBy) log.LogInformation("Another worker leads ({Holder}); this one stands by", ((StandingBy)standing).Holder);
        if (!standsBy && _stoodBy) log.LogInformation("This worker leads now");
        _stoodBy = standsBy;
    }

    // What was asked and stopped meanwhile has to be learned, and the mailbox read with it, before any lease is written.
    private void BeginTerm()
    {
        Term++;
        _mailboxSeen = null;
    }

    internal Task ReleaseAsync(CancellationToken cancellationToken) => row.ReleaseAsync(cancellationToken);

    internal void KintoneWasSeen() => _kintoneSeen = time.GetTimestamp();

    internal void MailboxWasSeen() => _mailboxSeen = time.GetTimestamp();

    private bool IsFresh(long? seen) => seen is { } at && time.GetElapsedTime(at) < Blindness;
}
