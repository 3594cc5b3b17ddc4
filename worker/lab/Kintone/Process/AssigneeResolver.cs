using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Process;

/// <summary>Finds the users whom a status' settings mean for one record: named users, members of groups and organisations, users in a field.</summary>
internal sealed class AssigneeResolver(Tenant tenant, Form form, RecordDocument record)
{
    /// <summary>The users, each once, in the order of the settings.</summary>
    public IReadOnlyList<string> Candidates(ProcessState state) =>
        [.. state.Entities.SelectMany(Users).Distinct(StringComparer.Ordinal).Where(code => tenant.Users.Find(code) is not null)];

    private IEnumerable<string> Users(JObject entry)
    {
        var entity = entry["entity"] as JObject ?? entry;
        var code = (string?)entity["code"] ?? "";
        return (string?)entity["type"] switch
        {
            "USER" => [code],
            "GROUP" => Members(code),
            "ORGANIZATION" => InOrganization(code),
            "CREATOR" => [record.Creator],
            "FIELD_ENTITY" => InField(code),
            _ => [],
        };
    }

    private IEnumerable<string> Members(string group)
    {
        var members = tenant.Users.All.Where(user => group == GroupDocument.Everyone || user.Groups.Contains(group));
        return members.Select(user => user.Code).Order(StringComparer.Ordinal);
    }

    private IEnumerable<string> InOrganization(string organization) =>
        tenant.Users.All.Where(user => user.Organizations.Contains(organization)).Select(user => user.Code).Order(StringComparer.Ordinal);

    private IEnumerable<string> InField(string code)
    {
        if (!form.TryGet(code, out var field) || field.Type.Family != ValueFamily.Entities) return [];
        var codes = ((JArray)StoredValue.Of(record, field)).Select(value => (string)value!);
        return field.Type switch
        {
            GroupSelectType => codes.SelectMany(Members),
            OrganizationSelectType => codes.SelectMany(InOrganization),
            _ => codes,
        };
    }
}
