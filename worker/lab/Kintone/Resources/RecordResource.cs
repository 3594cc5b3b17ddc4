using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Webhooks;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>One record: read, add, change. Source: kintone, "1件のレコードを取得する", "…登録する", "…更新する".</summary>
internal sealed class RecordResource : IResource
{
    private const string Path = "record.json";

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("GET", Path, Get), new("POST", Path, Add), new("PUT", Path, Update)];

    private static JObject Get(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var record = scope.Record(call, call.Parameters.Id("id"));
        return new JObject { ["record"] = new RecordView(scope.App, scope.Model, scope.Access, call.Directory).Show(record, []) };
    }

    private static JObject Add(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var given = call.Parameters.Has("record") ? call.Parameters.Object("record") : [];
        var record = new RecordWriter(call, scope).Add(given, "record");
        Announcement.OfRecord(call, scope, record, WebhookEvents.Add);
        return new JObject { ["id"] = Wire.Number(record.Id), ["revision"] = Wire.Number(record.Revision) };
    }

    private static JObject Update(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var target = RecordTarget.Read(call, scope, call.Parameters, "").Existing(call.Parameters);
        var given = call.Parameters.Has("record") ? call.Parameters.Object("record") : [];
        var record = new RecordWriter(call, scope).Update(target, given, call.Parameters.OptionalWhole("revision"), "record");
        Announcement.OfRecord(call, scope, record, WebhookEvents.Edit);
        return new JObject { ["revision"] = Wire.Number(record.Revision) };
    }
}
