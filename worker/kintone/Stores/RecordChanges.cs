using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Stores;

/// <summary>A record that was written at or after the watermark. Compare the revision with the last one known: the overlap shows records again.</summary>
/// <param name="Id">Record id.</param>
/// <param name="Revision">Its revision.</param>
public sealed record ChangedRecord(long Id, long Revision);

/// <summary>What changed in an app.</summary>
/// <param name="Records">By rising id.</param>
/// <param name="Watermark">To be given to the next call: the latest 更新日時 seen, by kintone's own clock; null while the app is empty.</param>
public sealed record RecordChanges(IReadOnlyList<ChangedRecord> Records, DateTimeOffset? Watermark);

/// <summary>Asks an app what changed: one request while nothing or little did, and never more than ids and revisions.</summary>
internal static class ChangeReader
{
    /// <summary>How far before the watermark is read again.</summary>
    /// <remarks>更新日時 shows whole minutes, and a slow paging may pass a record that is written while it runs; both are covered.</remarks>
    internal static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    internal static async Task<RecordChanges> ReadAsync<TField>(
        KintoneClient client, long app, KintoneQuery which, TField modifiedAt, DateTimeOffset? watermark, CancellationToken cancellationToken)
        where TField : struct, Enum
    {
        var query = watermark is { } since ? which.NotBefore(modifiedAt.Code(), since - Overlap) : which;
        var changed = new List<ChangedRecord>();
        var latest = watermark;
        await foreach (var record in client.Records.AllAsync(app, query, ["$id", "$revision", modifiedAt.Code()], cancellationToken))
        {
            changed.Add(new ChangedRecord(record.RecordId(), record.RecordRevision()));
            if (new FieldReader<TField>(record).Time(modifiedAt) is { } at && (latest is null || at > latest)) latest = at;
        }

        return new RecordChanges(changed, latest);
    }
}
