using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>bulkRequest.json: writes that happen together or not at all.</summary>
/// <remarks>Source: RULES.md "bulkRequest".</remarks>
public sealed class BulkResource
{
    /// <summary>Most writes in one request.</summary>
    public const int LargestBatch = 20;

    private readonly KintoneConnection _connection;

    internal BulkResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Updates a record and presses an action of it, both or none; gives back the revision after both.</summary>
    /// <exception cref="KintoneException">kintone refused (<see cref="KintoneException.FailedRequest"/> says which) or did not answer.</exception>
    public async Task<long> UpdateAndMoveAsync(long app, RecordVersion version, JObject changes, string action, CancellationToken cancellationToken)
    {
        // The update makes the revision one higher, and the move is to meet exactly that one.
        var results = await SendAsync(
            [
                ("PUT", "record.json", RecordResource.UpdateParameters(app, version.Id, version.Revision, changes)),
                ("PUT", "record/status.json", StatusResource.MoveParameters(app, version.Id, version.Revision + 1, action)),
            ],
            cancellationToken);
        return results[1]["revision"].AsNumber();
    }

    private async Task<JArray> SendAsync(IReadOnlyList<(string Method, string Resource, JObject Payload)> writes, CancellationToken cancellationToken)
    {
        var requests = writes.Select(write => new JObject { ["method"] = write.Method, ["api"] = _connection.PathOf(write.Resource), ["payload"] = write.Payload });
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Post, "bulkRequest.json", new JObject { ["requests"] = new JArray(requests) }, Repeatable: true), cancellationToken);
        var results = answer.Required<JArray>("results");
        return results.Count == writes.Count
            ? results
            : throw new KintoneException($"bulkRequest: kintone answered {results.Count} results to {writes.Count} requests.");
    }
}
