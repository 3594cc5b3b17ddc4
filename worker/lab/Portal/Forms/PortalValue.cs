using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Values between the REST API's form and the plain one that a page's form holds: texts, lists of codes, options or file keys, and rows of those.</summary>
internal static class PortalValue
{
    /// <summary>The offset of every user: Japan.</summary>
    private static readonly TimeSpan Zone = TimeSpan.FromHours(9);

    /// <summary>A whole number, or null.</summary>
    public static long? Whole(JToken? token) => Whole((string?)token);

    /// <summary>A whole number, or null.</summary>
    public static long? Whole(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An API value in plain form.</summary>
    public static JToken Plain(FieldSpec field, JToken? value) => field.Type switch
    {
        "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT" => new JArray((value as JArray ?? []).Select(static entity => entity["code"])),
        "FILE" => new JArray((value as JArray ?? []).Select(static file => file["fileKey"])),
        "CHECK_BOX" or "MULTI_SELECT" => new JArray(value as JArray ?? []),
        "SUBTABLE" => new JArray((value as JArray ?? []).Select(row => PlainRow(field, row))),
        _ => (string?)value ?? "",
    };

    /// <summary>A plain value in the API's form.</summary>
    public static JToken ForApi(FieldSpec field, JToken plain) => field.Type switch
    {
        "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT" => new JArray(plain.Select(static code => new JObject { ["code"] = code })),
        "FILE" => new JArray(plain.Select(static key => new JObject { ["fileKey"] = key })),
        "SUBTABLE" => new JArray(plain.Select(row => ApiRow(field, row))),
        _ => plain,
    };

    /// <summary>An instant as a page shows it, in Japan's time: a date-time input's value when <paramref name="separator"/> is T.</summary>
    public static string Local(string text, char separator) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToOffset(Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator + instant.ToOffset(Zone).ToString("HH:mm", CultureInfo.InvariantCulture)
            : text;

    /// <summary>An instant as a page shows it.</summary>
    public static string Local(DateTimeOffset instant) => instant.ToOffset(Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date-time input's value as the API takes it; what is none stays as it is, for the tenant to refuse.</summary>
    public static string Instant(string local) =>
        DateTime.TryParseExact(local, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, Zone).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : local;

    /// <summary>What a row holds before anything is typed.</summary>
    public static JObject NewRow(FieldSpec table) => new()
    {
        ["id"] = "",
        ["cells"] = new JObject(table.Columns.Select(static column => new JProperty(column.Code, Plain(column, column.Properties["defaultValue"])))),
    };

    private static JObject PlainRow(FieldSpec table, JToken row) => new()
    {
        ["id"] = (string?)row["id"] ?? "",
        ["cells"] = new JObject(table.Columns
            .Where(column => row["value"]?[column.Code] is not null)
            .Select(column => new JProperty(column.Code, Plain(column, row["value"]![column.Code]!["value"])))),
    };

    private static JObject ApiRow(FieldSpec table, JToken row)
    {
        var cells = table.Columns
            .Where(column => row["cells"]?[column.Code] is not null)
            .Select(column => new JProperty(column.Code, new JObject { ["value"] = ForApi(column, row["cells"]![column.Code]!) }));
        var shown = new JObject { ["value"] = new JObject(cells) };
        if ((string?)row["id"] is { Length: > 0 } id) shown["id"] = id;
        return shown;
    }
}
