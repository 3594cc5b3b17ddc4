using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>A record that was added or changed.</summary>
/// <param name="Id">Record id.</param>
/// <param name="Revision">Revision after the write.</param>
public sealed record RecordVersion(long Id, long Revision);

/// <summary>record.json and records.json: reading and writing records.</summary>
/// <remarks>Records are JSON objects by field code, each value <c>{"value": …}</c>. Every update carries the revision that was read; -1 is never sent.
/// Source: RULES.md "Records" and "Limits".</remarks>
public sealed class RecordResource
{
    /// <summary>Most records in one reading call.</summary>
    public const int LargestPage = 500;

    /// <summary>Most records in one writing call.</summary>
    public const int LargestBatch = 100;

    private readonly KintoneConnection _connection;

    internal RecordResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Reads one record, or null when there is none that this user may know of.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<JObject?> GetAsync(long app, long id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _connection.SendAsync(KintoneCall.Read("record.json", new JObject { ["app"] = app, ["id"] = id }), cancellationToken);
            return answer.Required<JObject>("record");
        }
        catch (KintoneException missing) when (missing.Code == "GAIA_RE01")
        {
            return null;
        }
    }

    /// <summary>Reads one page: at most 500 records, those fields only (empty: all).</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<IReadOnlyList<JObject>> QueryAsync(long app, KintoneQuery query, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["app"] = app, ["query"] = query.ToString() };
        if (fields.Count > 0) parameters["fields"] = new JArray(fields);
        var answer = await _connection.SendAsync(KintoneCall.Read("records.json", parameters), cancellationToken);
        return [.. answer.Required<JArray>("records").OfType<JObject>()];
    }

    /// <summary>Reads every record that meets <paramref name="query"/> (without order or limit), by rising id, 500 a request.</summary>
    /// <remarks>Pages by <c>$id</c>, so that neither the offset's limit of 10,000 nor records added meanwhile matter.</remarks>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async IAsyncEnumerable<JObject> AllAsync(
        long app, KintoneQuery query, IReadOnlyList<string> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> asked = fields.Count == 0 || fields.Contains("$id") ? fields : [.. fields, "$id"];
        IReadOnlyList<JObject> page;
        var last = 0L;
        do
        {
            page = await QueryAsync(app, (last == 0 ? query : query.Above("$id", last)).OrderBy("$id").Take(LargestPage), asked, cancellationToken);
            foreach (var record in page)
            {
                last = record.RecordId();
                yield return record;
            }
        }
        while (page.Count == LargestPage);
    }

    /// <summary>How many records meet the query.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<long> CountAsync(long app, KintoneQuery query, CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["app"] = app, ["query"] = query.Take(1).ToString(), ["fields"] = new JArray("$id"), ["totalCount"] = true };
        var answer = await _connection.SendAsync(KintoneCall.Read("records.json", parameters), cancellationToken);
        return answer.Number("totalCount");
    }

    /// <summary>Adds a record.</summary>
    /// <param name="app">App id.</param>
    /// <param name="record">Values by field code.</param>
    /// <param name="cancellationToken">Stops waiting; the record may be added all the same.</param>
    /// <exception cref="KintoneException">kintone refused or did not answer. Not repeated after a time-out: look whether it was added.</exception>
    public async Task<RecordVersion> AddAsync(long app, JObject record, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Post, "record.json", new JObject { ["app"] = app, ["record"] = record }, Repeatable: false), cancellationToken);
        return new RecordVersion(answer.Number("id"), answer.Number("revision"));
    }

    /// <summary>Adds records, all or none; at most 100.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer. Not repeated after a time-out.</exception>
    public async Task<IReadOnlyList<RecordVersion>> AddManyAsync(long app, IReadOnlyList<JObject> records, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, LargestBatch);
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Post, "records.json", new JObject { ["app"] = app, ["records"] = new JArray(records) }, Repeatable: false), cancellationToken);
        var (ids, revisions) = (answer.Required<JArray>("ids"), answer.Required<JArray>("revisions"));
        return [.. ids.Zip(revisions, static (id, revision) => new RecordVersion(id.AsNumber(), revision.AsNumber()))];
    }

    /// <summary>Changes fields of a record that still has <paramref name="revision"/>; gives back its new revision.</summary>
    /// <exception cref="KintoneException">kintone refused (<see cref="KintoneException.IsConflict"/>: somebody was faster) or did not answer.</exception>
    public async Task<long> UpdateAsync(long app, long id, long revision, JObject changes, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Put, "record.json", UpdateParameters(app, id, revision, changes), Repeatable: true), cancellationToken);
        return answer.Number("revision");
    }

    /// <summary>Changes records that still have their revisions, all or none; at most 100.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<IReadOnlyList<RecordVersion>> UpdateManyAsync(
        long app, IReadOnlyList<(RecordVersion Version, JObject Changes)> updates, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(updates.Count, LargestBatch);
        var records = updates.Select(static update => new JObject { ["id"] = update.Version.Id, ["revision"] = update.Version.Revision, ["record"] = update.Changes });
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Put, "records.json", new JObject { ["app"] = app, ["records"] = new JArray(records) }, Repeatable: true), cancellationToken);
        return [.. answer.Required<JArray>("records").Select(static record => new RecordVersion(record["id"].AsNumber(), record["revision"].AsNumber()))];
    }

    /// <summary>Deletes records, all or none; 1 to 100, each with its revision.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task DeleteAsync(long app, IReadOnlyList<RecordVersion> records, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, LargestBatch);
        var parameters = new JObject
        {
            ["app"] = app,
            ["ids"] = new JArray(records.Select(static record => record.Id)),
            ["revisions"] = new JArray(records.Select(static record => record.Revision)),
        };
        await _connection.SendAsync(new KintoneCall(CallMethod.Delete, "records.json", parameters, Repeatable: true), cancellationToken);
    }

    /// <summary>Parameters of an update, as <c>record.json</c> and bulkRequest both take them.</summary>
    internal static JObject UpdateParameters(long app, long id, long revision, JObject changes) =>
        new() { ["app"] = app, ["id"] = id, ["revision"] = revision, ["record"] = changes };
}
