using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Shows records as kintone answers them: <c>{type, value}</c> by field code, without what the caller may not see.</summary>
internal sealed class RecordView(AppDocument app, AppModel model, Access access, IDirectory directory)
{
    /// <summary>The record; with <paramref name="wanted"/> only those fields, when any is named.</summary>
    public JObject Show(RecordDocument record, IReadOnlyCollection<string> wanted)
    {
        var shown = new JObject();
        foreach (var field in model.Form.Fields)
        {
            if (!IsPart(field) || access.OnField(record, field) == FieldRight.None) continue;
            var isWanted = wanted.Count == 0 || wanted.Contains(field.Code);
            var columns = field.Columns.Where(column => isWanted || wanted.Contains(column.Code)).ToList();
            if (!isWanted && columns.Count == 0) continue;
            shown[field.Code] = new JObject { ["type"] = field.Type.Name, ["value"] = ShowValue(record, field, columns) };
        }

        if (wanted.Count == 0 || wanted.Contains("$revision")) shown["$revision"] = Meta("__REVISION__", record.Revision);
        if (wanted.Count == 0 || wanted.Contains("$id")) shown["$id"] = Meta("__ID__", record.Id);
        return shown;
    }

    /// <summary>Whether records show the field at all: layout fields do not, and status and assignee only under process management.</summary>
    private bool IsPart(Field field) => field.Type switch
    {
        StatusType or StatusAssigneeType => model.Process is not null,
        CategoryType => field.Enabled,
        _ => field.Type.HasValue,
    };

    private JToken ShowValue(RecordDocument record, Field field, List<Field> columns)
    {
        var stored = StoredValue.Of(record, field);
        return field.Type switch
        {
            SubtableType => ShowTable(record, (JArray)stored, columns),
            RecordNumberType => app.Code.Length == 0 ? stored : $"{app.Code}-{stored}",
            CreatorType or ModifierType => User((string)stored[0]!),
            StatusAssigneeType => new JArray(stored.Select(code => User((string)code!))),
            StatusType => model.Process!.State(record.Status).Name,
            _ => field.Type.Show(field, stored, directory),
        };
    }

    private JArray ShowTable(RecordDocument record, JArray rows, List<Field> columns)
    {
        var visible = columns.FindAll(column => column.Type.HasValue && access.OnField(record, column) != FieldRight.None);
        return new JArray(rows.Select(row => new JObject
        {
            ["id"] = row["id"],
            ["value"] = new JObject(visible.Select(column => new JProperty(column.Code, new JObject
            {
                ["type"] = column.Type.Name,
                ["value"] = column.Type.Show(column, row["value"]?[column.Code] ?? column.Type.Empty, directory),
            }))),
        }));
    }

    private JObject User(string code) => new() { ["code"] = code, ["name"] = directory.UserName(code) };

    private static JObject Meta(string type, long value) =>
        new() { ["type"] = type, ["value"] = value.ToString(CultureInfo.InvariantCulture) };
}
