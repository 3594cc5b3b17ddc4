using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Many records: find, add, change, delete; all or none. Source: kintone, "複数のレコードを取得する" and its neighbours.</summary>
internal sealed class RecordsResource : IResource
{
    private const string Path = "records.json";
    private const int MaxRecords = 100;
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;
    private const int MaxOffset = 10_000;
    private const int MaxFields = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
        [new("GET", Path, Find), new("POST", Path, Add), new("PUT", Path, Update), new("DELETE", Path, Delete)];

    private static JObject Find(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var query = QueryParser.Parse(call.Parameters.OptionalText("query") ?? "");
        if (query.Limit is < 0 or > MaxLimit) throw QueryFaults.LimitTooLarge(MaxLimit);
        if (query.Offset is < 0 or > MaxOffset) throw QueryFaults.OffsetTooLarge(MaxOffset);

        var wanted = call.Parameters.Texts("fields", MaxFields);
        var hits = new RecordSearch(call, scope).Find(query);
        var view = new RecordView(scope.App, scope.Model, scope.Access, call.Directory);
        var page = hits.Skip((int)(query.Offset ?? 0)).Take((int)(query.Limit ?? DefaultLimit));
        return new JObject
        {
            ["records"] = new JArray(page.Select(record => view.Show(record, wanted))),
            ["totalCount"] = call.Parameters.Flag("totalCount") ? Wire.Number(hits.Count) : JValue.CreateNull(),
        };
    }

    private static JObject Add(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var writer = new RecordWriter(call, scope);
        var added = call.Parameters.Objects("records", MaxRecords).Select((given, index) => writer.Add(given, $"records[{index}]")).ToList();
        return new JObject
        {
            ["ids"] = new JArray(added.Select(record => Wire.Number(record.Id))),
            ["revisions"] = new JArray(added.Select(record => Wire.Number(record.Revision))),
        };
    }

    private static JObject Update(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var upsert = call.Parameters.Flag("upsert");
        var answers = new JArray();
        var updates = call.Parameters.Objects("records", MaxRecords);
        for (var index = 0; index < updates.Count; index++)
            answers.Add(UpdateOne(call, scope, new Parameters(updates[index]), upsert, $"records[{index}]"));
        return new JObject { ["records"] = answers };
    }

    private static JObject UpdateOne(Call call, AppScope scope, Parameters update, bool upsert, string prefix)
    {
        var target = RecordTarget.Read(call, scope, update, prefix + ".");
        var given = update.Has("record") ? update.Object("record") : [];
        var writer = new RecordWriter(call, scope);
        var insert = upsert && target.Record is null;
        if (insert && target.KeyField is { } key) given[key.Code] = new JObject { ["value"] = target.KeyValue };
        var record = insert
            ? writer.Add(given, prefix)
            : writer.Update(target.Existing(update), given, update.OptionalWhole("revision"), prefix);

        var answer = new JObject { ["id"] = Wire.Number(record.Id), ["revision"] = Wire.Number(record.Revision) };
        if (upsert) answer["operation"] = insert ? "INSERT" : "UPDATE";
        return answer;
    }

    private static JObject Delete(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var ids = call.Parameters.Ids("ids", MaxRecords);
        if (ids.Count == 0) throw Refusals.Invalid("ids", MessageId.OutOfRange, 1, MaxRecords);
        var revisions = call.Parameters.OptionalList("revisions", MaxRecords);
        if (revisions is not null && revisions.Count != ids.Count) throw Refusals.Invalid("revisions", MessageId.WrongType);

        var writer = new RecordWriter(call, scope);
        for (var index = 0; index < ids.Count; index++)
        {
            var record = call.Tenant.Records.Find(Keys.Of(scope.App.Id, ids[index])) ?? throw Refusals.RecordNotFound(ids[index]);
            writer.Delete(record, Forms.Scalar.Whole(revisions?[index]));
        }

        return [];
    }
}
