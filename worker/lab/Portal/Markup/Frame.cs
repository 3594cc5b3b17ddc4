using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Portal.Markup;

/// <summary>What all pages have in common: head, bar, trail.</summary>
internal static class Frame
{
    /// <summary>A whole document.</summary>
    public static Html Of(PageContent page, UserDocument? user, string? token, string? notice) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="ja">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{page.Title} - {Words.Of("site.name")}</title>
        <link rel="stylesheet" href="{Paths.Style}">
        <link rel="icon" href="/portal/icon.svg" type="image/svg+xml">
        <script src="{Paths.Script}" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">{Words.Of("site.skip")}</a>
        <header class="bar">
        <a class="brand" href="{Paths.Apps}">{Words.Of("site.name")}</a>
        {(user is null ? Html.None : Who(user, token))}
        </header>
        {Trail(page.Trail)}
        <main id="main" tabindex="-1">
        <div class="notice" role="status" aria-live="polite">{(string.IsNullOrEmpty(notice) ? Html.None : Html.Of($"<p>{notice}</p>"))}</div>
        {page.Body}
        </main>
        </body>
        </html>
        """);

    /// <summary>The field that every form must carry.</summary>
    public static Html Token(string? token) => Html.Of($"""<input type="hidden" name="token" value="{token}">""");

    private static Html Who(UserDocument user, string? token) => Html.Of($"""
        <div class="who"><span>{user.Name}</span>
        <form method="post" action="{Paths.Logout}">{Token(token)}<button class="plain" type="submit">{Words.Of("nav.logout")}</button></form></div>
        """);

    private static Html Trail(IReadOnlyList<(string Name, string Path)> trail)
    {
        if (trail.Count == 0) return Html.None;
        var last = trail.Count - 1;
        var steps = trail.Select((step, index) => index == last
            ? Html.Of($"""<li><span aria-current="page">{step.Name}</span></li>""")
            : Html.Of($"""<li><a href="{step.Path}">{step.Name}</a></li>"""));
        return Html.Of($"""<nav class="trail" aria-label="{Words.Of("nav.trail")}"><ol>{steps}</ol></nav>""");
    }
}
