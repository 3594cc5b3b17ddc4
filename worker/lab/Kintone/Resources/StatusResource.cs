using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Process;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Kintone.Webhooks;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Process actions, on one record or many. Source: kintone, "1件のレコードのステータスを更新する", "複数のレコードのステータスを更新する".</summary>
internal sealed class StatusResource : IResource
{
    private const int MaxRecords = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("PUT", "record/status.json", MoveOne), new("PUT", "records/status.json", MoveMany)];

    private static JObject MoveOne(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var moved = Move(call, scope, call.Parameters);
        Announcement.OfRecord(call, scope, moved, WebhookEvents.Status);
        return new JObject { ["revision"] = Wire.Number(moved.Revision) };
    }

    private static JObject MoveMany(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var moved = call.Parameters.Objects("records", MaxRecords).Select(record => Move(call, scope, new Parameters(record))).ToList();
        return new JObject
        {
            ["records"] = new JArray(moved.Select(record => new JObject { ["id"] = Wire.Number(record.Id), ["revision"] = Wire.Number(record.Revision) })),
        };
    }

    private static RecordDocument Move(Call call, AppScope scope, Parameters move) => new StatusMover(call, scope)
        .Move(scope.Record(call, move.Id("id")), move.Text("action"), move.OptionalText("assignee"), move.OptionalWhole("revision"));
}
