namespace VulnDiag.Lab.Portal.Markup;

/// <summary>What a page shows inside the frame.</summary>
/// <param name="Title">The page's name.</param>
/// <param name="Body">Its content.</param>
internal sealed record PageContent(string Title, Html Body)
{
    /// <summary>The way to the page: names and addresses; the last one is the page itself.</summary>
    public IReadOnlyList<(string Name, string Path)> Trail { get; init; } = [];

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;
}
