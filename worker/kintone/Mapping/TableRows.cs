using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Mapping;

/// <summary>Writes a table whole, keeping the ids of the rows that were read, so that kintone's history shows a changed row and not a new one.</summary>
/// <remarks>kintone replaces the list: rows without id are new, rows not sent are deleted. Source: RULES.md "Records".</remarks>
internal static class TableRows
{
    /// <summary>The rows as they are sent: each takes the id of the first unused stored row with the same key.</summary>
    /// <param name="stored">The table's value in the record that was read, or null.</param>
    /// <param name="rows">Rows to send, without ids.</param>
    /// <param name="keys">Codes of the fields that name a row.</param>
    internal static JArray WithIds(JArray? stored, JArray rows, IReadOnlyList<string> keys)
    {
        var unused = stored?.OfType<JObject>().Where(static row => row["value"] is JObject).ToList() ?? [];
        var sent = new JArray();
        foreach (var row in rows.OfType<JObject>())
        {
            var values = (JObject)row["value"]!;
            var same = unused.FirstOrDefault(candidate => keys.All(key => JToken.DeepEquals(Plain(candidate["value"]![key]), Plain(values[key]))));
            var whole = new JObject { ["value"] = values.DeepClone() };
            if (same is not null)
            {
                unused.Remove(same);
                whole["id"] = same["id"]?.DeepClone();
            }

            sent.Add(whole);
        }

        return sent;
    }

    private static JToken? Plain(JToken? value) => (value as JObject)?["value"];
}
