using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>A record as conditions in the app's own settings see it: whole, whoever asks.</summary>
internal sealed class WholeRow(RecordDocument record) : IQueryRow
{
    /// <inheritdoc/>
    public JToken? ValueOf(Field field) => field.Table is null ? StoredValue.Of(record, field) : "";
}
