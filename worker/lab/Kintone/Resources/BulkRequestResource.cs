using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Many writes in order, all or none. Source: kintone, "複数のアプリのレコード操作を一括で処理する".</summary>
internal sealed class BulkRequestResource : IResource
{
    private const int MaxRequests = 20;

    private static readonly HashSet<(string Method, string Path)> Allowed =
    [
        ("POST", "record.json"), ("PUT", "record.json"),
        ("POST", "records.json"), ("PUT", "records.json"), ("DELETE", "records.json"),
        ("PUT", "record/status.json"), ("PUT", "records/status.json"), ("PUT", "record/assignees.json"),
    ];

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("POST", "bulkRequest.json", Run)];

    private static JObject Run(Call call)
    {
        var requests = call.Parameters.Objects("requests", MaxRequests);
        var results = new JArray();
        for (var index = 0; index < requests.Count; index++)
        {
            try
            {
                results.Add(RunOne(call, new Parameters(requests[index]), index));
            }
            catch (Refusal refusal)
            {
                throw refusal.InBulk(index, requests.Count);
            }
        }

        return new JObject { ["results"] = results };
    }

    private static JObject RunOne(Call call, Parameters request, int index)
    {
        var method = request.Text("method");
        if (!KintonePath.TryRead(request.Text("api"), out var path) || !Allowed.Contains((method, path.Resource)))
            throw Refusals.Invalid($"requests[{index}].api", MessageId.UnknownChoice);
        var inner = call with { GuestSpace = path.GuestSpace, Parameters = new Parameters(request.Object("payload")), InBulk = true };
        return call.Parts.Resources.Find(method, path.Resource).Run(inner);
    }
}
