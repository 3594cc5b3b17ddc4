using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>Short ways to read a record as kintone's API gives it.</summary>
internal static class RecordReading
{
    internal static string Id(this JObject record) => (string)record["$id"]!["value"]!;

    internal static string Revision(this JObject record) => (string)record["$revision"]!["value"]!;

    internal static string Text(this JObject record, string field) => record[field]?["value"]?.Type switch
    {
        JTokenType.String => (string)record[field]!["value"]!,
        _ => "",
    };

    internal static IReadOnlyList<JObject> Rows(this JObject record, string table) =>
        record[table]?["value"] is JArray rows ? [.. rows.Cast<JObject>()] : [];

    internal static JObject Cells(this JObject row) => (JObject)row["value"]!;

    internal static IReadOnlyList<string> Users(this JObject record, string field) =>
        record[field]?["value"] is JArray users ? [.. users.Select(static user => (string)user["code"]!)] : [];

    internal static IReadOnlyList<JObject> Files(this JObject record, string field) =>
        record[field]?["value"] is JArray files ? [.. files.Cast<JObject>()] : [];

    internal static JObject Value(JToken value) => new() { ["value"] = value };

    internal static JObject UserValue(string code) => Value(new JArray(new JObject { ["code"] = code }));

    internal static string Utc(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The plain answers of the scenario as kintone wants them: arrays of objects are tables.</summary>
    internal static JObject ToRecord(JObject answers)
    {
        var record = new JObject();
        foreach (var (field, answer) in answers)
        {
            record[field] = answer is JArray rows && rows.All(static row => row is JObject)
                ? Value(new JArray(rows.Cast<JObject>().Select(static row => new JObject { ["value"] = ToRecord(row) })))
                : Value(answer!.DeepClone());
        }

        return record;
    }
}
