using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Checks of a record as a whole, after the values were taken. They look at the merged record, so a field that became required later is asked for at the next update.</summary>
internal static class RecordChecks
{
    /// <summary>Required fields that hold nothing.</summary>
    public static void Required(RecordDocument record, Form form, string prefix, FaultList faults)
    {
        foreach (var field in form.Fields.Where(field => field.Type.Writable))
        {
            var stored = StoredValue.Of(record, field);
            if (field.Required && field.Type.IsEmpty(stored)) faults.Add(new FieldPath(prefix, field.Code).With(field.Type.RequiredPath), MessageId.RequiredField);
            if (field.Columns.Count > 0) RequiredColumns(field, (JArray)stored, new FieldPath(prefix, field.Code), faults);
        }
    }

    /// <summary>Values that another record already holds in a field where that is forbidden. Empty ones do not collide.</summary>
    public static void Unique(RecordDocument record, Form form, Tenant tenant, string prefix, FaultList faults)
    {
        foreach (var field in form.Fields.Where(field => field.Unique))
        {
            var holders = ValueLookup.Find(tenant, record.App, field, StoredValue.Of(record, field));
            if (holders.Any(other => other.Id != record.Id)) faults.Add(new FieldPath(prefix, field.Code).With(".value"), MessageId.NotUnique);
        }
    }

    private static void RequiredColumns(Field table, JArray rows, FieldPath path, FaultList faults)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            foreach (var column in table.Columns.Where(column => column.Required))
            {
                var stored = rows[index]["value"]?[column.Code] ?? column.Type.Empty;
                if (column.Type.IsEmpty(stored)) faults.Add(path.Column(index, column.Code).With(column.Type.RequiredPath), MessageId.RequiredField);
            }
        }
    }
}
