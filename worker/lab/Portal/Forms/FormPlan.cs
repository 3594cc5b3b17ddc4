using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>A place of the form: a field and how wide it is drawn.</summary>
internal sealed record Place(FieldSpec Field, string Width);

/// <summary>A part of the form under a heading; rows of places.</summary>
internal sealed record Section(string Heading, IReadOnlyList<IReadOnlyList<Place>> Rows);

/// <summary>The form as <c>app/form/layout.json</c> arranges it, with the fields that the visitor sees and nothing of the others: a heading without a field under it is left out too.</summary>
internal static partial class FormPlan
{
    private const int Narrow = 130;
    private const int Wide = 290;

    /// <summary>The sections of a layout.</summary>
    /// <param name="layout">The rows.</param>
    /// <param name="fields">The app's fields.</param>
    /// <param name="isShown">Whether a field has a place.</param>
    public static IReadOnlyList<Section> Of(JArray layout, IReadOnlyList<FieldSpec> fields, Func<FieldSpec, bool> isShown)
    {
        var byCode = fields.ToDictionary(static field => field.Code, StringComparer.Ordinal);
        var sections = new List<Section>();
        var heading = "";
        var rows = new List<IReadOnlyList<Place>>();
        foreach (var (label, row) in Flat(layout))
        {
            if (label is not null)
            {
                Close();
                heading = label;
                continue;
            }

            var places = row.Where(place => byCode.TryGetValue((string?)place["code"] ?? "", out var field) && isShown(field))
                .Select(place => new Place(InOrder(byCode[(string)place["code"]!], place), WidthOf(place))).ToList();
            if (places.Count > 0) rows.Add(places);
        }

        Close();
        return sections;

        void Close()
        {
            if (rows.Count > 0) sections.Add(new Section(heading, rows));
            rows = [];
        }
    }

    /// <summary>Headings and rows in order; a group is a heading and its rows.</summary>
    private static IEnumerable<(string? Label, IReadOnlyList<JToken> Row)> Flat(JArray layout)
    {
        foreach (var row in layout)
        {
            switch ((string?)row["type"])
            {
                case "SUBTABLE":
                    yield return (null, [row]);
                    break;
                case "GROUP":
                    yield return ((string?)row["label"] ?? (string?)row["code"] ?? "", []);
                    foreach (var inner in Flat(row["layout"] as JArray ?? [])) yield return inner;
                    break;
                default:
                    foreach (var label in (row["fields"] ?? new JArray()).Where(static field => (string?)field["type"] == "LABEL"))
                        yield return (PlainText((string?)label["label"] ?? ""), []);
                    yield return (null, [.. (row["fields"] ?? new JArray()).Where(static field => field["code"] is not null)]);
                    break;
            }
        }
    }

    /// <summary>A table with its columns as the layout puts them.</summary>
    private static FieldSpec InOrder(FieldSpec field, JToken place)
    {
        if (field.Columns.Count == 0) return field;
        var order = (place["fields"] ?? new JArray()).Select(static column => (string?)column["code"]).ToList();
        return field.WithColumns(field.Columns.OrderBy(column => order.IndexOf(column.Code) is var at and >= 0 ? at : int.MaxValue));
    }

    private static string WidthOf(JToken place) => PortalValue.Whole(place["size"]?["width"]) switch
    {
        null => "w-full",
        <= Narrow => "w-narrow",
        >= Wide => "w-wide",
        _ => "w-plain",
    };

    /// <summary>Rich text as text: labels and rich fields may hold HTML, which the portal never passes on.</summary>
    public static string PlainText(string html) => System.Net.WebUtility.HtmlDecode(Tag().Replace(LineEnd().Replace(html, "\n"), "")).Trim();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<br\s*/?>|</(div|p|li|h[1-6])>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();
}
