using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Files;

/// <summary>Takes files away that no record holds any more.</summary>
internal static class AttachedFiles
{
    /// <summary>Removes the files that were in <paramref name="before"/> and are not in <paramref name="after"/>; their contents go with the commit.</summary>
    public static void RemoveDropped(Call call, Form form, JObject before, JObject after)
    {
        var kept = KeysIn(form, after).ToHashSet(StringComparer.Ordinal);
        foreach (var key in KeysIn(form, before).Where(key => !kept.Contains(key)).ToList())
        {
            if (!call.Tenant.Files.TryGet(key, out var file)) continue;
            call.Transaction.Remove(call.Tenant.Files, file);
            call.Transaction.AfterCommit(() => call.Blobs.Delete(file.Blob));
        }
    }

    private static IEnumerable<string> KeysIn(Form form, JObject values)
    {
        var outside = form.Fields.Where(field => field.Type is FileType).Select(field => values[field.Code]);
        var inTables =
            from table in form.Fields
            from column in table.Columns
            where column.Type is FileType
            from row in values[table.Code] as JArray ?? []
            select row["value"]?[column.Code];
        return outside.Concat(inTables).OfType<JArray>().SelectMany(keys => keys).Select(key => (string)key!);
    }
}
