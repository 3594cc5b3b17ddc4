using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>A record: its values, the buttons that the visitor can press, comments and the history of its status.</summary>
internal sealed class RecordPage : IPage
{
    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes => [new("GET", "/k/{app:long}/show", Door.User, OpenAsync)];

    private static Task OpenAsync(Visit visit) => visit.Record is { } number
        ? ShowAsync(visit, number, "", new RecordWords())
        // kintone's own address has the number behind a #, which only the browser sees: portal.js leads on.
        : visit.ShowAsync(Notices.Of(200, "noRecord"));

    /// <summary>Shows a record, with what was typed into its small forms when one of them was refused.</summary>
    internal static async Task ShowAsync(Visit visit, long number, string fault, RecordWords typed)
    {
        var token = visit.EnsureSession().Token;
        var page = await visit.AskAsync(desk => Page(desk, visit.App, number, token, fault, typed));
        await visit.ShowAsync(page);
    }

    private static PageContent Page(Desk desk, long app, long number, string token, string fault, RecordWords typed)
    {
        var model = EditModel.Read(desk, app, number);
        var title = model.App.TitleOf(model.Record, number);
        var buttons = new ProcessView(model, desk.Buttons(app, number), desk.Assignment(app, number), token, typed);
        Html[] side = [model.App.HasComments ? CommentView.Show(desk, model, number, token, typed) : Html.None, HistoryView.Show(desk.History(app, number))];
        var isAlone = side.All(static part => part == Html.None);
        return new PageContent(title, Html.Of($"""
            <div class="head"><h1>{title} <small>{Words.Of("record.number", number)}</small></h1>
            <div class="tools">{Html.When(model.MayEdit && model.Editable.Count > 0, Html.Of($"""<a class="button main" href="{Paths.Edit(app, number)}">{Words.Of("record.edit")}</a>"""))}</div></div>
            {Html.When(fault.Length > 0, Html.Of($"""<div class="alert" role="alert" tabindex="-1" autofocus><p>{fault}</p></div>"""))}
            {buttons.Show()}
            <div class="columns{Html.When(isAlone, Html.Of($" alone"))}"><div class="record">{Sections(desk, model)}{Made(model)}</div>
            {Html.When(!isAlone, Html.Of($"""<aside class="side">{side}</aside>"""))}</div>
            """))
        {
            Trail = [(Words.Of("apps.title"), Paths.Apps), (model.App.Name, Paths.List(app)), (title, "")],
            Status = fault.Length > 0 ? typed.Status : 200,
        };
    }

    private static Html Sections(Desk desk, EditModel model)
    {
        var related = RelatedRows.Read(desk, model);
        var sections = FormPlan.Of(model.App.Layout, model.App.Fields, field => model.Record[field.Code] is not null || related.ContainsKey(field.Code));
        return Html.Join(sections.Select(section => Html.Of($"""
            <section class="section">{Html.When(section.Heading.Length > 0, Html.Of($"<h2>{section.Heading}</h2>"))}
            {section.Rows.Select(row => Html.Of($"""<div class="row">{row.Select(place => Place(model, place, related))}</div>"""))}
            </section>
            """)));
    }

    private static Html Place(EditModel model, Place place, IReadOnlyDictionary<string, Html> related)
    {
        var value = related.TryGetValue(place.Field.Code, out var rows) ? rows : ValueView.Show(place.Field, model.Record[place.Field.Code]?["value"]);
        var isTable = place.Field.Type is "SUBTABLE" or "REFERENCE_TABLE";
        return isTable
            ? Html.Of($"""<div class="field w-full"><h3 class="label">{place.Field.Label}</h3>{value}</div>""")
            : Html.Of($"""<dl class="field {place.Width}"><dt class="label">{place.Field.Label}</dt><dd class="value">{value}</dd></dl>""");
    }

    /// <summary>Who made and last changed the record: kintone keeps it whether the form has a place for it or not.</summary>
    private static Html Made(EditModel model)
    {
        var shown = model.App.Fields.Where(field => field.Type is "CREATOR" or "CREATED_TIME" or "MODIFIER" or "UPDATED_TIME" && model.Record[field.Code] is not null)
            .OrderBy(static field => Array.IndexOf(["CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME"], field.Type));
        return Html.Of($"""<dl class="made">{shown.Select(field => Html.Of($"""<div><dt>{field.Label}</dt><dd>{ValueView.Show(field, model.Record[field.Code]!["value"])}</dd></div>"""))}</dl>""");
    }
}

/// <summary>What was typed into the small forms of a record's page, for showing it again when it was refused.</summary>
internal sealed record RecordWords
{
    /// <summary>A comment's text.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Whom the comment was to reach.</summary>
    public IReadOnlyCollection<string> Mentions { get; init; } = [];

    /// <summary>The button that was pressed.</summary>
    public string Action { get; init; } = "";

    /// <summary>The HTTP status of the refusal.</summary>
    public int Status { get; init; } = 200;
}
