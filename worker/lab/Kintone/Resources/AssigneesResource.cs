using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Process;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The assignees of a record. Source: kintone, "1件のレコードの作業者を更新する".</summary>
internal sealed class AssigneesResource : IResource
{
    private const int MaxAssignees = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("PUT", "record/assignees.json", Assign)];

    private static JObject Assign(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var record = scope.Record(call, call.Parameters.Id("id"));
        if (!call.Parameters.Has("assignees")) throw Refusals.Invalid("assignees", MessageId.Required);
        var assignees = call.Parameters.Texts("assignees", MaxAssignees);
        var assigned = new StatusMover(call, scope).Assign(record, assignees, call.Parameters.OptionalWhole("revision"));
        return new JObject { ["revision"] = Wire.Number(assigned.Revision) };
    }
}
