using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>What of a list is asked for: the view, the order, the words sought, the page. All of it comes from the address, so that a list can be kept as a bookmark.</summary>
internal sealed record ListQuery
{
    /// <summary>Records on a page.</summary>
    public const int PageSize = 20;

    /// <summary>The API counts no further.</summary>
    private const int LastPage = 10_000 / PageSize;

    /// <summary>The view's id; empty for the app's first.</summary>
    public string View { get; init; } = "";

    /// <summary>The field in whose order the records come; empty for the view's own order.</summary>
    public string Sort { get; init; } = "";

    /// <summary>Whether the order is reversed.</summary>
    public bool Descending { get; init; }

    /// <summary>Words sought in the records' titles.</summary>
    public string Sought { get; init; } = "";

    /// <summary>The page, from 1.</summary>
    public long Page { get; init; } = 1;

    /// <summary>Reads an address.</summary>
    public static ListQuery Of(Visit visit) => new()
    {
        View = visit.Query("view"),
        Sort = visit.Query("sort"),
        Descending = visit.Query("dir") == "desc",
        Sought = visit.Query("q").Trim(),
        Page = Math.Clamp(PortalValue.Whole(visit.Query("page")) ?? 1, 1, LastPage),
    };

    /// <summary>The address.</summary>
    public string Path(long app)
    {
        var parts = new List<string>();
        Add("view", View);
        Add("sort", Sort);
        Add("dir", Sort.Length > 0 && Descending ? "desc" : "");
        Add("q", Sought);
        Add("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : "");
        return Paths.List(app) + (parts.Count > 0 ? "?" + string.Join('&', parts) : "");

        void Add(string name, string value)
        {
            if (value.Length > 0) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    /// <summary>The query in kintone's language.</summary>
    /// <param name="view">The view, or null.</param>
    /// <param name="title">The field in which words are sought; null when it cannot be.</param>
    /// <param name="sort">The field of the order, if the visitor chose one that serves.</param>
    public string Text(JObject? view, FieldSpec? title, FieldSpec? sort)
    {
        var conditions = new List<string>();
        if ((string?)view?["filterCond"] is { Length: > 0 } filter) conditions.Add($"({filter})");
        if (title is not null && Sought.Length > 0) conditions.Add($"{title.Code} like \"{Quoted(Sought)}\"");
        var order = sort is not null ? $"{sort.Code} {(Descending ? "desc" : "asc")}" : (string?)view?["sort"] ?? "";
        var text = string.Join(" and ", conditions);
        if (order.Length > 0) text += $" order by {order}";
        return string.Create(CultureInfo.InvariantCulture, $"{text} limit {PageSize} offset {(Page - 1) * PageSize}");
    }

    private static string Quoted(string text) => new([.. text.Where(static letter => !char.IsControl(letter)).SelectMany(static letter => letter is '"' or '\\' ? new[] { '\\', letter } : [letter])]);
}
