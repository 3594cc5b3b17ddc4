using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Lists of related records: those of another app, or the same, whose field holds what a field of this record holds. kintone's pages alone show them.</summary>
internal static class RelatedRows
{
    private const int MostRows = 30;

    /// <summary>The lists of a record by the field's code; one that the visitor may not look into is left out.</summary>
    public static IReadOnlyDictionary<string, Html> Read(Desk desk, EditModel model)
    {
        var lists = new Dictionary<string, Html>(StringComparer.Ordinal);
        foreach (var field in model.App.Fields.Where(static field => field.Type == "REFERENCE_TABLE"))
        {
            try
            {
                if (field.Properties["referenceTable"] is JObject reference && Show(desk, model, field, reference) is { } list) lists[field.Code] = list;
            }
            catch (Refusal)
            {
                // The related app is none of the visitor's business, and neither is that there is one.
            }
        }

        return lists;
    }

    private static Html? Show(Desk desk, EditModel model, FieldSpec list, JObject reference)
    {
        var key = model.Record[(string?)reference["condition"]?["field"] ?? ""]?["value"] is JValue value ? (string?)value : null;
        if (string.IsNullOrEmpty(key)) return Html.Of($"""<p class="none">{Words.Of("table.empty")}</p>""");
        var app = PortalValue.Whole(reference["relatedApp"]?["app"]) ?? 0;
        var face = AppFace.Read(desk, app);
        var filter = (string?)reference["filterCond"] is { Length: > 0 } more ? $" and ({more})" : "";
        var order = (string?)reference["sort"] is { Length: > 0 } sort ? $" order by {sort}" : "";
        var quoted = key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var query = $"{(string?)reference["condition"]?["relatedField"]} = \"{quoted}\"{filter}{order} limit {MostRows}";
        var records = desk.Get("records.json", new JObject { ["app"] = app, ["query"] = query })["records"]!.Cast<JObject>()
            .Where(record => app != model.App.Id || PortalValue.Whole(record["$id"]?["value"]) != model.Number).ToList();
        if (records.Count == 0) return Html.Of($"""<p class="none">{Words.Of("table.empty")}</p>""");
        var columns = (reference["displayFields"] ?? new JArray()).Select(code => face.Fields.FirstOrDefault(field => field.Code == (string?)code)).OfType<FieldSpec>()
            .Where(column => records.Exists(record => record[column.Code] is not null)).ToList();
        return ValueView.Rows(list.Label, columns, [.. records.Select(record => (IReadOnlyList<Html>)[.. columns.Select((column, at) => Cell(app, record, column, at == 0))])]);
    }

    private static Html Cell(long app, JObject record, FieldSpec column, bool leads)
    {
        var shown = ValueView.Show(column, record[column.Code]?["value"]);
        return leads ? Html.Of($"""<a href="{Paths.Record(app, PortalValue.Whole(record["$id"]?["value"]) ?? 0)}">{shown}</a>""") : shown;
    }
}
