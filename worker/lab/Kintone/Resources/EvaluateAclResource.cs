using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The caller's own rights on records and their fields. Source: kintone, "レコードのアクセス権の設定を評価する".</summary>
internal sealed class EvaluateAclResource : IResource
{
    private const int MaxRecords = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("GET", "records/acl/evaluate.json", Evaluate)];

    private static JObject Evaluate(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var rights = call.Parameters.Ids("ids", MaxRecords).Select(id => Evaluate(call, scope, id));
        return new JObject { ["rights"] = new JArray(rights) };
    }

    private static JObject Evaluate(Call call, AppScope scope, long id)
    {
        var record = call.Tenant.Records.Find(Keys.Of(scope.App.Id, id)) ?? throw Refusals.RecordNotFound(id);
        var onRecord = scope.Access.OnRecord(record);
        var fields = scope.Model.Form.All.Where(field => field is { Enabled: true, Type.HasValue: true }).Select(field =>
        {
            var right = scope.Access.OnField(record, field);
            return new JProperty(field.Code, new JObject
            {
                ["viewable"] = onRecord.HasFlag(RecordRights.View) && right >= FieldRight.Read,
                ["editable"] = onRecord.HasFlag(RecordRights.Edit) && right == FieldRight.Write,
            });
        });
        return new JObject
        {
            ["id"] = Wire.Number(id),
            ["record"] = new JObject
            {
                ["viewable"] = onRecord.HasFlag(RecordRights.View),
                ["editable"] = onRecord.HasFlag(RecordRights.Edit),
                ["deletable"] = onRecord.HasFlag(RecordRights.Delete),
            },
            ["fields"] = new JObject(fields),
        };
    }
}
