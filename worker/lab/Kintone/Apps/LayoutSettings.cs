using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>The form's rows. Source: kintone, "フォームのレイアウトを変更する".</summary>
internal static class LayoutSettings
{
    private static readonly HashSet<string> Decorations = ["LABEL", "SPACER", "HR"];

    /// <summary>The row kintone adds at the end for a new field.</summary>
    public static JObject RowFor(JObject field)
    {
        var code = field["code"];
        return (string?)field["type"] switch
        {
            "SUBTABLE" => new JObject { ["type"] = "SUBTABLE", ["code"] = code, ["fields"] = new JArray(((JObject)field["fields"]!).Properties().Select(column => Place((JObject)column.Value))) },
            "GROUP" => new JObject { ["type"] = "GROUP", ["code"] = code, ["layout"] = new JArray() },
            _ => new JObject { ["type"] = "ROW", ["fields"] = new JArray(Place(field)) },
        };
    }

    /// <summary>The settings with a new layout.</summary>
    /// <exception cref="Refusal">A row is malformed, or names a field that is not there.</exception>
    public static AppSettings Replace(AppSettings settings, JArray rows)
    {
        var form = new Form(settings.Fields);
        Check(rows, form, "layout");
        return settings with { Layout = rows };
    }

    /// <summary>The rows without some fields; a row left empty goes.</summary>
    public static JArray Without(JArray rows, IReadOnlyCollection<string> codes)
    {
        var kept = new JArray();
        foreach (var row in rows.OfType<JObject>().Where(row => !codes.Contains((string?)row["code"] ?? "")))
        {
            var copy = new JObject(row);
            if (row["layout"] is JArray inner) copy["layout"] = Without(inner, codes);
            if (row["fields"] is JArray fields) copy["fields"] = new JArray(fields.Where(field => !codes.Contains((string?)field["code"] ?? "")));
            var isEmpty = (string?)copy["type"] == "ROW" && copy["fields"] is JArray { Count: 0 };
            if (!isEmpty) kept.Add(copy);
        }

        return kept;
    }

    /// <summary>The rows with changed field codes.</summary>
    public static JArray Renamed(JArray rows, IReadOnlyDictionary<string, string> renames)
    {
        var copy = (JArray)rows.DeepClone();
        foreach (var code in copy.SelectTokens("$..code").OfType<JValue>().ToList())
            if (renames.TryGetValue((string)code!, out var renamed)) code.Value = renamed;
        return copy;
    }

    private static JObject Place(JObject field) => new() { ["type"] = field["type"], ["code"] = field["code"], ["size"] = new JObject() };

    private static void Check(JArray rows, Form form, string path)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            var here = $"{path}[{index}]";
            var row = rows[index] as JObject ?? throw Refusals.Invalid(here, MessageId.WrongType);
            switch ((string?)row["type"])
            {
                case "ROW":
                    CheckFields(row["fields"], form, here);
                    break;
                case "SUBTABLE":
                    DemandField(form, row);
                    CheckFields(row["fields"] ?? new JArray(), form, here);
                    break;
                case "GROUP":
                    DemandField(form, row);
                    Check(row["layout"] as JArray ?? throw Refusals.Invalid($"{here}.layout", MessageId.Required), form, $"{here}.layout");
                    break;
                default:
                    throw Refusals.Invalid($"{here}.type", MessageId.UnknownChoice);
            }
        }
    }

    private static void CheckFields(JToken? fields, Form form, string path)
    {
        foreach (var field in fields as JArray ?? throw Refusals.Invalid($"{path}.fields", MessageId.Required))
            if (!Decorations.Contains((string?)field["type"] ?? "")) DemandField(form, field);
    }

    private static void DemandField(Form form, JToken item)
    {
        var code = (string?)item["code"] ?? "";
        if (!form.TryGet(code, out _)) throw Refusals.UnknownFieldInSettings(code);
    }
}
