using System.Text.RegularExpressions;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail.Incoming;

/// <summary>Finds 中止 and STOP. In doubt it finds them: stopping is always allowed, and only staff resume.</summary>
internal static partial class StopWords
{
    internal static bool In(IEnumerable<string> newLines) => newLines.Any(static line =>
    {
        var text = Nfkc.Normalize(line);
        return Capitals().IsMatch(text) || ReaderPatterns.Instance.Matches("stop", text);
    });

    [GeneratedRegex("(?<![A-Za-z])STOP(?![A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();
}
