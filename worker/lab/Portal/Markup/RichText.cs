using System.Net;
using System.Text.RegularExpressions;

namespace VulnDiag.Lab.Portal.Markup;

/// <summary>Rich text that anybody may have typed, as markup of our own making: of what it holds only text, a few kinds of elements without attributes, and links to where a link may lead are written anew.</summary>
/// <remarks>Nothing is copied: a tag is recognised by its name and replaced by a constant, everything else is encoded as text. Source: OWASP, "Cross Site Scripting Prevention Cheat Sheet", "HTML Sanitization".</remarks>
internal sealed partial class RichText
{
    private const int MostDepth = 40;

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
        { "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "code", "pre", "p", "div", "span", "blockquote", "ul", "ol", "li", "a" };

    private static readonly HashSet<string> Headings = new(StringComparer.OrdinalIgnoreCase) { "h1", "h2", "h3", "h4", "h5", "h6" };

    /// <summary>Elements whose content is no text for people.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
        { "script", "style", "template", "iframe", "object", "embed", "noscript", "textarea", "title", "svg", "math", "select", "xmp", "noembed", "noframes", "plaintext" };

    private readonly List<Html> _pieces = [];
    private readonly Stack<string> _open = new();

    /// <summary>The text, made harmless.</summary>
    public static Html Of(string typed)
    {
        var text = new RichText();
        text.Read(typed);
        return Html.Of($"""<div class="rich">{text._pieces}</div>""");
    }

    private void Read(string typed)
    {
        var at = 0;
        while (at < typed.Length)
        {
            var tag = Tag().Match(typed, at);
            if (!tag.Success) break;
            Say(typed[at..tag.Index]);
            at = tag.Index + tag.Length;
            if (tag.Groups["name"] is not { Success: true, Value: var name }) continue;
            if (tag.Groups["end"].Length > 0) Close(name);
            else if (Silent.Contains(name)) at = After(typed, at, name);
            else Open(name, tag.Groups["attributes"].Value);
        }

        Say(typed[Math.Min(at, typed.Length)..]);
        while (_open.Count > 0) End();
    }

    private static int After(string typed, int at, string name)
    {
        var end = typed.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? typed.Length : end;
    }

    private void Say(string text)
    {
        if (text.Length > 0) _pieces.Add(Html.Of($"{WebUtility.HtmlDecode(text)}"));
    }

    private void Open(string name, string attributes)
    {
        if (name.Equals("br", StringComparison.OrdinalIgnoreCase)) _pieces.Add(Html.Of($"<br>"));
        else if (name.Equals("hr", StringComparison.OrdinalIgnoreCase)) _pieces.Add(Html.Of($"<hr>"));
        else if (_open.Count < MostDepth && Element(name) is { } element) Begin(element, attributes);
    }

    /// <summary>A heading within a value is no heading of the page.</summary>
    private static string? Element(string name) => Headings.Contains(name) ? "div" : Kept.TryGetValue(name, out var kept) ? kept : null;

    private void Begin(string element, string attributes)
    {
        _open.Push(element);
        _pieces.Add(element == "a" && LinkOf(attributes) is { } target
            ? Html.Of($"""<a href="{target}" rel="noopener noreferrer">""")
            : Html.Of($"<{element}>"));
    }

    /// <summary>Closes the innermost element of this name and what is open within it; nothing when none is open.</summary>
    private void Close(string name)
    {
        if (Element(name) is not { } element || !_open.Contains(element)) return;
        while (_open.Peek() != element) End();
        End();
    }

    private void End() => _pieces.Add(Html.Of($"</{_open.Pop()}>"));

    private static string? LinkOf(string attributes)
    {
        var target = Reference().Match(attributes) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups["to"].Value).Trim() : "";
        return Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" ? target : null;
    }

    [GeneratedRegex("""<!--.*?(-->|\z)|<[!?][^>]*(>|\z)|<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9]*)(?<attributes>("[^"]*"|'[^']*'|[^'">])*)(>|\z)""", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("""(^|[\s"'/])href\s*=\s*("(?<to>[^"]*)"|'(?<to>[^']*)'|(?<to>[^\s"'>]+))""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
