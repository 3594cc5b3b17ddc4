using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>records/cursor.json: a set of records that is fixed when the cursor is made; its values are those of the moment of reading.</summary>
/// <remarks>At most 10 in a tenant, 10 minutes each: for exports. Polling pages by id (<see cref="RecordResource.AllAsync"/>). Source: RULES.md "Queries".</remarks>
public sealed class CursorResource
{
    private readonly KintoneConnection _connection;

    internal CursorResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Reads every record that meets the query, in its order; frees the cursor also when the reader stops early.</summary>
    /// <exception cref="KintoneException">kintone refused (an eleventh cursor is 429 and waited for) or did not answer.</exception>
    public async IAsyncEnumerable<JObject> ReadAsync(
        long app, KintoneQuery query, IReadOnlyList<string> fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["app"] = app, ["query"] = query.ToString(), ["size"] = RecordResource.LargestPage };
        if (fields.Count > 0) parameters["fields"] = new JArray(fields);
        var made = await _connection.SendAsync(new KintoneCall(CallMethod.Post, "records/cursor.json", parameters, Repeatable: false), cancellationToken);
        var cursor = made.Required<JValue>("id");
        var left = true;
        try
        {
            while (left)
            {
                // Each reading moves the cursor on: a repetition after a time-out would skip a page.
                var page = await _connection.SendAsync(
                    new KintoneCall(CallMethod.Get, "records/cursor.json", new JObject { ["id"] = cursor }, Repeatable: false), cancellationToken);
                left = page.Value<bool>("next");
                foreach (var record in page.Required<JArray>("records").OfType<JObject>()) yield return record;
            }
        }
        finally
        {
            if (left) await FreeAsync(cursor);
        }
    }

    private async Task FreeAsync(JValue cursor)
    {
        try
        {
            var call = new KintoneCall(CallMethod.Delete, "records/cursor.json", new JObject { ["id"] = cursor }, Repeatable: true);
            await _connection.SendAsync(call, CancellationToken.None);
        }
        catch (KintoneException)
        {
            // kintone frees it by itself after ten minutes; the reason the reading ended early matters more.
        }
    }
}
