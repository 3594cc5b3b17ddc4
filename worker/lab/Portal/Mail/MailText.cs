using System.Text.RegularExpressions;
using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal.Mail;

/// <summary>A mail's text for reading. Addresses of this portal can be followed; all others are shown and lead nowhere.</summary>
internal static partial class MailText
{
    /// <summary>The text.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="origin">This portal's own origin, such as <c>http://localhost:8080</c>.</param>
    public static Html Show(string text, string origin)
    {
        var pieces = new List<Html>();
        var at = 0;
        foreach (var match in Address().Matches(text).Where(match => match.Value.StartsWith(origin + Paths.Apps, StringComparison.Ordinal)))
        {
            pieces.Add(Html.Of($"{text[at..match.Index]}"));
            pieces.Add(Html.Of($"""<a href="{match.Value[origin.Length..]}">{match.Value}</a>"""));
            at = match.Index + match.Length;
        }

        return Html.Of($"""<div class="mailtext lines">{pieces}{text[at..]}</div>""");
    }

    [GeneratedRegex(@"https?://[!-;=?-~]+")]
    private static partial Regex Address();
}
