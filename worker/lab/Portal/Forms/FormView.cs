using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Draws the form of a draft: every input with its label, its fault beside it, and what others wrote meanwhile.</summary>
internal sealed class FormView(EditModel model, RecordDraft draft, InputView inputs)
{
    /// <summary>Fields that somebody else has changed as well: the record as it is now is shown beside what was typed.</summary>
    public IReadOnlyCollection<string> Disputed { get; init; } = [];

    /// <summary>The sections of the form.</summary>
    public Html Show()
    {
        var sections = FormPlan.Of(model.App.Layout, model.App.Fields, field => draft.Values[field.Code] is not null || model.Record[field.Code] is not null);
        return Html.Join(sections.Select(section => Html.Of($"""
            <section class="section">{Html.When(section.Heading.Length > 0, Html.Of($"<h2>{section.Heading}</h2>"))}
            {section.Rows.Select(row => Html.Of($"""<div class="row">{row.Select(Place)}</div>"""))}
            </section>
            """)));
    }

    private Html Place(Place place)
    {
        var typed = draft.Fields.FirstOrDefault(field => field.Code == place.Field.Code);
        if (typed is null) return ReadOnly(place);
        return typed.Type == "SUBTABLE"
            ? Html.Of($"""<div class="field w-full">{Table(place.Field, typed)}{Latest(place.Field)}</div>""")
            : Html.Of($"""<div class="field {place.Width}">{inputs.Field(typed, FormInput.Field(typed.Code), draft.Values[typed.Code]!, typed.Label)}{Latest(place.Field)}</div>""");
    }

    private Html ReadOnly(Place place) => Html.Of($"""
        <div class="field {(place.Field.Type == "SUBTABLE" ? "w-full" : place.Width)} fixed"><span class="label">{place.Field.Label}</span><div class="value">{ValueView.Show(place.Field, model.Record[place.Field.Code]?["value"])}</div></div>
        """);

    private Html Latest(FieldSpec field) => Html.When(
        Disputed.Contains(field.Code),
        Html.Of($"""<div class="latest"><span class="label">{Words.Of("edit.latest")}</span><div class="value">{ValueView.Show(field, model.Record[field.Code]?["value"])}</div></div>"""));

    private Html Table(FieldSpec whole, FieldSpec typed)
    {
        var rows = (JArray)draft.Values[typed.Code]!;
        var shown = whole.Columns.Where(column => typed.Columns.Any(own => own.Code == column.Code) || Cells(whole).Any(cells => cells[column.Code] is not null)).ToList();
        var body = shown.Count > ValueView.MostColumns ? Cards(whole, typed, shown, rows) : Grid(whole, typed, shown, rows);
        return Html.Of($"""
            <fieldset class="table"><legend>{typed.Label}</legend>
            {(rows.Count == 0 ? Html.Of($"""<p class="none">{Words.Of("table.empty")}</p>""") : body)}
            <button class="small" type="submit" name="do" value="add:{typed.Code}" formnovalidate>{Words.Of("table.add", typed.Label)}</button>
            </fieldset>
            """);
    }

    private Html Cards(FieldSpec whole, FieldSpec typed, List<FieldSpec> shown, JArray rows) => Html.Join(rows.Select((row, index) => Html.Of($"""
        <fieldset class="card"><legend>{Words.Of("table.row", typed.Label, index + 1)}</legend>
        {RowId(typed, row, index)}
        <div class="cells">{shown.Select(column => Html.Of($"""<div class="cell">{Cell(whole, typed, column, row, index, column.Label)}</div>"""))}</div>
        {Remove(typed, index)}
        </fieldset>
        """)));

    private Html Grid(FieldSpec whole, FieldSpec typed, List<FieldSpec> shown, JArray rows) => Html.Of($"""
        <div class="scroll"><table class="grid" role="table" aria-label="{typed.Label}">
        <thead role="rowgroup"><tr role="row">{shown.Select(static column => Html.Of($"""<th role="columnheader" scope="col">{column.Label}</th>"""))}<th role="columnheader" scope="col"><span class="hidden">{Words.Of("table.actions")}</span></th></tr></thead>
        <tbody role="rowgroup">{rows.Select((row, index) => Html.Of($"""
            <tr role="row">{shown.Select(column => Html.Of($"""<td role="cell">{Cell(whole, typed, column, row, index, Words.Of("table.cell", column.Label, index + 1))}</td>"""))}<td role="cell" class="tool">{RowId(typed, row, index)}{Remove(typed, index)}</td></tr>
            """))}</tbody></table></div>
        """);

    private Html Cell(FieldSpec whole, FieldSpec typed, FieldSpec column, JToken row, int index, string label)
    {
        if (typed.Columns.Any(own => own.Code == column.Code))
            return inputs.Field(column, FormInput.Cell(typed.Code, index, column.Code), row["cells"]![column.Code]!, label);
        var id = (string?)row["id"] ?? "";
        var known = id.Length == 0 ? null : Cells(whole, id);
        return Html.Of($"""<span class="label">{column.Label}</span><div class="value">{ValueView.Show(column, known?[column.Code]?["value"])}</div>""");
    }

    private static Html RowId(FieldSpec table, JToken row, int index) =>
        Html.Of($"""<input type="hidden" name="{FormInput.Row(table.Code, index)}" value="{(string?)row["id"]}">""");

    private static Html Remove(FieldSpec table, int index) => Html.Of($"""
        <button class="small danger" type="submit" name="do" value="remove:{table.Code}:{index}" formnovalidate aria-label="{Words.Of("table.removeNamed", table.Label, index + 1)}">{Words.Of("table.remove")}</button>
        """);

    private IEnumerable<JObject> Cells(FieldSpec table) => (model.Record[table.Code]?["value"] as JArray ?? []).Select(static row => (JObject)row["value"]!);

    private JObject? Cells(FieldSpec table, string id) =>
        (model.Record[table.Code]?["value"] as JArray ?? []).FirstOrDefault(row => (string?)row["id"] == id)?["value"] as JObject;
}
