namespace VulnDiag.Lab.Portal.Markup;

/// <summary>A piece of markup. Text becomes part of it only through <see cref="HtmlWriter"/>, which encodes whatever is filled into a template: nothing typed by anybody can become a tag or leave its attribute.</summary>
internal readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>A template with its gaps filled: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>.</summary>
    public static Html Of(HtmlWriter template) => new(template.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(static piece => piece.ToString())));

    /// <summary>The piece when <paramref name="shown"/>, else nothing.</summary>
    public static Html When(bool shown, Html piece) => shown ? piece : None;

    /// <summary>The markup.</summary>
    public override string ToString() => _markup ?? "";
}
