using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Shows a value, as the API answered it.</summary>
internal static class ValueView
{
    /// <summary>Tables with more columns than this are shown as a card per row at every width: nobody reads a line that is three screens wide.</summary>
    public const int MostColumns = 7;

    /// <summary>The value of a field.</summary>
    public static Html Show(FieldSpec field, JToken? value) => field.Type switch
    {
        "SUBTABLE" => Table(field, value as JArray ?? []),
        "FILE" => Files(value as JArray ?? []),
        "CREATOR" or "MODIFIER" => Html.Of($"{(string?)value?["name"]}"),
        "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT" or "STATUS_ASSIGNEE" => List((value as JArray ?? []).Select(static entity => (string?)entity["name"])),
        "CHECK_BOX" or "MULTI_SELECT" or "CATEGORY" => List((value as JArray ?? []).Select(static option => (string?)option)),
        "DATETIME" or "CREATED_TIME" or "UPDATED_TIME" => Html.Of($"{PortalValue.Local((string?)value ?? "", ' ')}"),
        "MULTI_LINE_TEXT" => Html.Of($"""<span class="lines">{(string?)value}</span>"""),
        "RICH_TEXT" => RichText.Of((string?)value ?? ""),
        "LINK" => Link(field, (string?)value ?? ""),
        "NUMBER" or "CALC" => Number(field, (string?)value ?? ""),
        "STATUS" => Html.When(value is not null, Html.Of($"""<span class="state">{(string?)value}</span>""")),
        _ => Html.Of($"{(string?)value}"),
    };

    /// <summary>Attached files as links for downloading.</summary>
    public static Html Files(JArray files) => files.Count == 0 ? Html.None : Html.Of($"""
        <ul class="files">{files.Select(static file => Html.Of($"""<li><a href="{Paths.File(file)}" download>{(string?)file["name"]}</a> <small>{Size((string?)file["size"])}</small></li>"""))}</ul>
        """);

    /// <summary>A size in bytes for people.</summary>
    public static string Size(string? bytes) => PortalValue.Whole(bytes) switch
    {
        null => "",
        < 1024 and var size => string.Create(CultureInfo.InvariantCulture, $"{size} B"),
        < 1024 * 1024 and var size => string.Create(CultureInfo.InvariantCulture, $"{size / 1024} KB"),
        { } size => string.Create(CultureInfo.InvariantCulture, $"{size / (1024.0 * 1024):0.0} MB"),
    };

    private static Html Table(FieldSpec table, JArray rows)
    {
        if (rows.Count == 0) return Html.Of($"""<p class="none">{Words.Of("table.empty")}</p>""");
        var shown = table.Columns.Where(column => rows.Any(row => row["value"]?[column.Code] is not null)).ToList();
        return Rows(table.Label, shown, [.. rows.Select(row => (IReadOnlyList<Html>)[.. shown.Select(column => Show(column, row["value"]?[column.Code]?["value"]))])]);
    }

    /// <summary>Rows of cells: a table that turns into cards on a narrow screen, or cards at once when it has many columns.</summary>
    public static Html Rows(string label, IReadOnlyList<FieldSpec> columns, IReadOnlyList<IReadOnlyList<Html>> rows) => columns.Count > MostColumns
        ? Html.Join(rows.Select((row, index) => Card(Words.Of("table.row", label, index + 1), columns, row)))
        : Html.Of($"""
            <div class="scroll"><table class="grid" role="table" aria-label="{label}">
            <thead role="rowgroup"><tr role="row">{columns.Select(static column => Html.Of($"""<th role="columnheader" scope="col">{column.Label}</th>"""))}</tr></thead>
            <tbody role="rowgroup">{rows.Select(row => Html.Of($"""<tr role="row">{columns.Select((column, at) => Cell(column, row[at]))}</tr>"""))}</tbody>
            </table></div>
            """);

    /// <summary>A cell of a table, with its column's name for narrow screens, where the head is not seen.</summary>
    public static Html Cell(FieldSpec column, Html content) => Html.Of($"""
        <td role="cell"{Html.When(column.IsShort, Html.Of($""" class="short" """))}><span class="narrow" aria-hidden="true">{column.Label}</span>{content}</td>
        """);

    private static Html Card(string name, IReadOnlyList<FieldSpec> columns, IReadOnlyList<Html> row) => Html.Of($"""
        <section class="card" aria-label="{name}"><h4>{name}</h4>
        <dl class="cells">{columns.Select((column, at) => Html.Of($"""<div class="cell"><dt>{column.Label}</dt><dd>{row[at]}</dd></div>"""))}</dl></section>
        """);

    private static Html List(IEnumerable<string?> entries)
    {
        var shown = entries.ToList();
        return shown.Count == 0 ? Html.None : Html.Of($"""<ul class="chips">{shown.Select(static entry => Html.Of($"<li>{entry}</li>"))}</ul>""");
    }

    private static Html Number(FieldSpec field, string value)
    {
        var shown = field.Properties["digit"] is JValue { Value: true } && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("#,##0.############", CultureInfo.InvariantCulture)
            : value;
        var unit = shown.Length == 0 ? "" : (string?)field.Properties["unit"] ?? "";
        return (string?)field.Properties["unitPosition"] == "AFTER" ? Html.Of($"{shown}{unit}") : Html.Of($"{unit}{shown}");
    }

    /// <summary>A link only to where a link may lead: an address of another kind, such as a script, is shown as text.</summary>
    private static Html Link(FieldSpec field, string value)
    {
        var target = (string?)field.Properties["protocol"] switch
        {
            "MAIL" => "mailto:" + value,
            "CALL" => "tel:" + value,
            _ => value,
        };
        var isSafe = Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel";
        return isSafe ? Html.Of($"""<a href="{target}" rel="noopener noreferrer">{value}</a>""") : Html.Of($"{value}");
    }
}
