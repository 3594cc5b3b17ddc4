using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Pages that only say something.</summary>
internal static class Notices
{
    /// <summary>The page of a sentence in words.ja.json, under <c>notice.KEY</c>.</summary>
    public static PageContent Of(int status, string key) => new(
        Words.Of("refused.title"),
        Html.Of($"""<div class="panel"><h1>{Words.Of("refused.title")}</h1><p role="alert">{Words.Of("notice." + key)}</p><p><a href="{Paths.Apps}">{Words.Of("refused.back")}</a></p></div>"""))
    {
        Status = status,
    };
}
