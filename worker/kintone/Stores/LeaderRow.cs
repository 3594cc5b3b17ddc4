using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;
using static VulnDiag.Kintone.Mapping.CommunicationField;

namespace VulnDiag.Kintone.Stores;

/// <summary>Whether this worker leads.</summary>
public abstract record Leadership;

/// <summary>It leads until its lease is over; renew well before.</summary>
public sealed record Leading : Leadership;

/// <summary>Another one leads.</summary>
/// <param name="Holder">保持者 in the row.</param>
public sealed record StandingBy(string Holder) : Leadership;

/// <summary>The row in kintone by which one worker of all machines leads. Its unique key makes one row, its revision one holder.</summary>
/// <remarks>
/// No clock is compared with another: a lease counts as run out when the row's revision has not changed for its whole length by our own monotonic time,
/// and the leader stops when it could not renew for that long by its own. Not thread-safe: one task owns it. docs/decisions/0131.
/// </remarks>
public sealed class LeaderRow
{
    private const string RowKey = "leader";

    private readonly KintoneClient _client;
    private readonly long _app;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly string _holder;
    private RecordVersion? _row;
    private long _seenAt;
    private long _renewedAt;

    /// <summary>Makes the row's handle; asks nothing yet.</summary>
    /// <param name="client">Signed in as the worker.</param>
    /// <param name="apps">Ids of the apps.</param>
    /// <param name="holder">Names this worker's data folder: whoever comes back with the same one goes on at once, since the folder itself lets in one at a time.</param>
    /// <param name="lease">How long a silent leader keeps its place; renewals should come three times as often.</param>
    public LeaderRow(KintoneClient client, KintoneAppIds apps, string holder, TimeSpan lease)
    {
        _client = client;
        _app = apps.Communication;
        _time = client.Time;
        _holder = holder;
        _lease = lease;
    }

    /// <summary>True while the lease that was last renewed runs.</summary>
    public bool Leads { get; private set; }

    /// <summary>True when the lease has run out by our own time although nothing was heard: nothing may be done in the leader's name any more.</summary>
    public bool RanOut => !Leads || _time.GetElapsedTime(_renewedAt) >= _lease;

    /// <summary>Takes, renews or watches the row; to be called on every beat.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer; see <see cref="RanOut"/>.</exception>
    public async Task<Leadership> BeatAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        if (Leads && await TryWriteAsync(_holder, cancellationToken)) return Lead(started);
        Leads = false;
        var stored = await ReadAsync(cancellationToken);
        if (stored is null) return await TryAddAsync(cancellationToken) ? Lead(started) : new StandingBy("");
        var other = new FieldReader<CommunicationField>(stored).Text(Holder);
        return MayTake(stored, other) && await TryWriteAsync(_holder, cancellationToken) ? Lead(started) : new StandingBy(other);
    }

    /// <summary>Gives the row up, so that another need not wait for the lease to run out.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer; the lease then runs out by itself.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!Leads) return;
        Leads = false;
        await TryWriteAsync("", cancellationToken);
    }

    // The lease starts when the request left, not when the answer came: a slow answer must not make it longer.
    private Leading Lead(long started)
    {
        Leads = true;
        _renewedAt = started;
        return new Leading();
    }

    private bool MayTake(JObject stored, string other)
    {
        var version = new RecordVersion(stored.RecordId(), stored.RecordRevision());
        var unchanged = _row == version;
        _row = version;
        if (!unchanged) _seenAt = _time.GetTimestamp();
        return other.Length == 0 || other == _holder || (unchanged && _time.GetElapsedTime(_seenAt) >= _lease);
    }

    private async Task<JObject?> ReadAsync(CancellationToken cancellationToken) =>
        await _client.Records.QueryAsync(_app, KintoneQuery.All.Equal(Key.Code(), RowKey).Take(1), [], cancellationToken) is [var stored, ..] ? stored : null;

    private async Task<bool> TryAddAsync(CancellationToken cancellationToken)
    {
        try
        {
            var row = Values(_holder).Set(Key, FieldValue.Line(RowKey)).Set(Direction, new JValue(Words.Of(nameof(CommunicationDirection), "Leader")));
            _row = await _client.Records.AddAsync(_app, row, cancellationToken);
            return true;
        }
        catch (KintoneException taken) when (taken.Concerns(Key.Code()))
        {
            return false;
        }
    }

    private async Task<bool> TryWriteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            _row = _row! with { Revision = await _client.Records.UpdateAsync(_app, _row.Id, _row.Revision, Values(name), cancellationToken) };
            return true;
        }
        catch (KintoneException lost) when (lost.IsConflict)
        {
            return false;
        }
    }

    private JObject Values(string name) => new JObject()
        .Set(Holder, FieldValue.Line(name))
        .Set(HeldUntil, FieldValue.Time(_time.GetUtcNow() + _lease));
}
