using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>An app's records: by view, in an order, page by page.</summary>
internal sealed class ListPage : IPage
{
    private sealed record Content(AppFace App, IReadOnlyList<JObject> Views, JObject? View, IReadOnlyList<FieldSpec> Columns, IReadOnlyList<JObject> Records, long Total, bool MayAdd, bool MaySeek);

    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes => [new("GET", "/k/{app:long}/", Door.User, ShowAsync)];

    private static async Task ShowAsync(Visit visit)
    {
        var query = ListQuery.Of(visit);
        var content = await visit.AskAsync(desk => Read(desk, visit.App, query));
        await visit.ShowAsync(new PageContent(content.App.Name, Html.Of($"""
            <div class="head"><h1>{content.App.Name}</h1>
            <div class="tools">{Html.When(content.MayAdd, Html.Of($"""<a class="button main" href="{Paths.Edit(content.App.Id, null)}">{Words.Of("list.add")}</a>"""))}</div></div>
            {Search(content, query)}
            {(content.Records.Count == 0 ? Html.Of($"""<p class="none">{Words.Of("list.none")}</p>""") : Table(content, query))}
            {Pager(content, query)}
            """))
        {
            Trail = [(Words.Of("apps.title"), Paths.Apps), (content.App.Name, "")],
        });
    }

    private static Content Read(Desk desk, long app, ListQuery query)
    {
        var face = AppFace.Read(desk, app);
        var byCode = face.Fields.ToDictionary(static field => field.Code, StringComparer.Ordinal);
        var views = ((JObject)desk.Get("app/views.json", new JObject { ["app"] = app })["views"]!).Properties().Select(static view => (JObject)view.Value)
            .Where(static view => (string?)view["type"] == "LIST")
            .OrderBy(static view => PortalValue.Whole(view["index"])).ToList();
        var view = query.View == "all" ? null : views.FirstOrDefault(candidate => (string?)candidate["id"] == query.View) ?? views.FirstOrDefault();
        var title = byCode.GetValueOrDefault(face.TitleField) is { Type: "SINGLE_LINE_TEXT" } field ? field : null;
        var sort = byCode.GetValueOrDefault(query.Sort) is { IsSortable: true } chosen ? chosen : null;
        var answer = desk.Get("records.json", new JObject { ["app"] = app, ["query"] = query.Text(view, title, sort), ["totalCount"] = true });
        var records = answer["records"]!.Cast<JObject>().ToList();
        var wanted = view is not null
            ? (view["fields"] ?? new JArray()).Select(code => byCode.GetValueOrDefault((string)code!)).OfType<FieldSpec>()
            : face.Fields.Where(candidate => candidate.Type is "RECORD_NUMBER" or "STATUS" or "UPDATED_TIME" || candidate.Code == face.TitleField);
        // A column that the visitor sees in no record is not named either.
        var columns = wanted.Where(column => records.Exists(record => record[column.Code] is not null)).ToList();
        return new Content(face, views, view, columns, records, PortalValue.Whole(answer["totalCount"]) ?? 0, desk.Adding(app).MayAdd, title is not null);
    }

    private static Html Search(Content content, ListQuery query) => Html.Of($"""
        <form class="search" method="get" action="{Paths.List(content.App.Id)}" role="search">
        <div class="field"><label for="view">{Words.Of("list.view")}</label><select id="view" name="view">
        {content.Views.Select(view => Html.Of($"""<option value="{(string?)view["id"]}"{Html.When(view == content.View, Html.Of($" selected"))}>{(string?)view["name"]}</option>"""))}
        <option value="all"{Html.When(content.View is null, Html.Of($" selected"))}>{Words.Of("list.all")}</option></select></div>
        {Html.When(content.MaySeek, Html.Of($"""<div class="field"><label for="q">{Words.Of("list.seek")}</label><input type="search" id="q" name="q" value="{query.Sought}"></div>"""))}
        <button type="submit">{Words.Of("list.show")}</button>
        </form>
        """);

    private static Html Table(Content content, ListQuery query) => Html.Of($"""
        <table class="grid list" role="table" aria-label="{content.App.Name}">
        <thead role="rowgroup"><tr role="row">{content.Columns.Select(column => Head(content, query, column))}</tr></thead>
        <tbody role="rowgroup">{content.Records.Select(record => Row(content, record))}</tbody>
        </table>
        """);

    private static Html Head(Content content, ListQuery query, FieldSpec column)
    {
        if (!column.IsSortable) return Html.Of($"""<th role="columnheader" scope="col">{column.Label}</th>""");
        var isSorted = query.Sort == column.Code;
        var next = query with { Sort = column.Code, Descending = isSorted && !query.Descending, Page = 1 };
        var sorted = (isSorted, query.Descending) switch { (false, _) => "none", (_, true) => "descending", _ => "ascending" };
        return Html.Of($"""<th role="columnheader" scope="col" aria-sort="{sorted}"><a href="{next.Path(content.App.Id)}">{column.Label}<span class="sort" aria-hidden="true"></span></a></th>""");
    }

    private static Html Row(Content content, JObject record)
    {
        var number = PortalValue.Whole(record["$id"]?["value"]) ?? 0;
        var path = Paths.Record(content.App.Id, number);
        var title = content.Columns.FirstOrDefault(column => column.Code == content.App.TitleField) ?? content.Columns[0];
        return Html.Of($"""<tr role="row">{content.Columns.Select(column => ValueView.Cell(column, Shown(column)))}</tr>""");

        Html Shown(FieldSpec column) => column == title
            ? Html.Of($"""<a class="open" href="{path}">{content.App.TitleOf(record, number)}</a>""")
            : ValueView.Show(column, record[column.Code]?["value"]);
    }

    private static Html Pager(Content content, ListQuery query)
    {
        var first = (query.Page - 1) * ListQuery.PageSize;
        var last = first + content.Records.Count;
        if (content.Total == 0) return Html.None;
        return Html.Of($"""
            <nav class="pager" aria-label="{Words.Of("list.pages")}">
            {Html.When(query.Page > 1, Html.Of($"""<a class="button" rel="prev" href="{(query with { Page = query.Page - 1 }).Path(content.App.Id)}">{Words.Of("list.previous")}</a>"""))}
            <span>{Words.Of("list.range", Math.Min(first + 1, last), last, content.Total)}</span>
            {Html.When(last < content.Total, Html.Of($"""<a class="button" rel="next" href="{(query with { Page = query.Page + 1 }).Path(content.App.Id)}">{Words.Of("list.next")}</a>"""))}
            </nav>
            """);
    }
}
