using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>The stored value of any field of a record, the built-in ones included.</summary>
internal static class StoredValue
{
    /// <summary>The value; of a field that was added after the record, what an empty one holds.</summary>
    public static JToken Of(RecordDocument record, Field field) => field.Type.Name switch
    {
        "RECORD_NUMBER" => record.Id.ToString(CultureInfo.InvariantCulture),
        "CREATOR" => new JArray(record.Creator),
        "MODIFIER" => new JArray(record.Modifier),
        "CREATED_TIME" => KintoneTime.Show(record.CreatedAt),
        "UPDATED_TIME" => KintoneTime.Show(record.UpdatedAt),
        "STATUS" => record.Status ?? "",
        "STATUS_ASSIGNEE" => new JArray(record.Assignees),
        "CATEGORY" => new JArray(),
        _ => record.Values[field.Code] ?? field.Type.Empty,
    };
}
