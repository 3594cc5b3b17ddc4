using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>A record as a caller's query sees it: hidden fields are not there, so that no query can probe them.</summary>
internal sealed class VisibleRow(RecordDocument record, Access access, IDirectory directory) : IQueryRow
{
    /// <inheritdoc/>
    public JToken? ValueOf(Field field)
    {
        if (access.OnField(record, field) == FieldRight.None) return null;
        if (field.Table is not null) return "";
        var stored = StoredValue.Of(record, field);
        return field.Type is FileType ? new JArray(stored.Select(key => directory.File((string)key!)?.Name ?? "")) : stored;
    }
}
