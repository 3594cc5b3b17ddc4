using System.Text.RegularExpressions;

namespace VulnDiag.Mail.Incoming;

/// <summary>Lines that stand in our own mails word for word. Where a client quotes without marking, they still are not the writer's.</summary>
/// <remarks>The greeting is left out: everybody writes that one.</remarks>
internal static partial class OwnLines
{
    private const int ShortestTelling = 8;

    private static readonly HashSet<string> Known = [.. EmbeddedText.Names(".txt").Concat(EmbeddedText.Names(".html"))
        .Where(static name => name.StartsWith("Messages.", StringComparison.Ordinal) && name is not ("Messages.top.txt" or "Messages.top.html"))
        .SelectMany(static name => EmbeddedText.Read(name).Split('\n'))
        .Select(static line => Bare(Tags().Replace(line, "")))
        .Where(static line => line.Length >= ShortestTelling)];

    internal static bool Contains(string line) => Known.Contains(Bare(line));

    private static string Bare(string line) => Spaces().Replace(line, "");

    [GeneratedRegex(@"\{%.*?%\}|<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
