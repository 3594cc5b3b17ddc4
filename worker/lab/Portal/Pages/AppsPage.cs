using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>The apps that the user may see.</summary>
internal sealed class AppsPage : IPage
{
    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes => [new("GET", Paths.Apps, Door.User, ShowAsync)];

    private static async Task ShowAsync(Visit visit)
    {
        var apps = await visit.AskAsync(static desk => desk.Apps());
        var cards = apps.Select(static app => Html.Of($"""
            <li><a href="{Paths.List(PortalValue.Whole(app["appId"]) ?? 0)}"><strong>{(string?)app["name"]}</strong><span>{FormPlan.PlainText((string?)app["description"] ?? "")}</span></a></li>
            """));
        await visit.ShowAsync(new PageContent(Words.Of("apps.title"), Html.Of($"""
            <div class="head"><h1>{Words.Of("apps.title")}</h1></div>
            {(apps.Count == 0 ? Html.Of($"""<p class="none">{Words.Of("apps.none")}</p>""") : Html.Of($"""<ul class="apps">{cards}</ul>"""))}
            """)));
    }
}
