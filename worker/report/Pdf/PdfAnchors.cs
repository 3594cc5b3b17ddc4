using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Report.Pdf;

/// <summary>Reads from a printed file on which page each anchor landed: Chromium's CSS cannot tell (no <c>target-counter</c>).</summary>
/// <remarks>Source: ISO 32000-1, 12.3.2.3 (named destinations) and 7.7.3 (page tree), in the plain form that Skia writes.</remarks>
internal static partial class PdfAnchors
{
    /// <summary>Page number, from 1, by anchor; without the anchors that cannot be found.</summary>
    internal static IReadOnlyDictionary<string, int> PagesOf(byte[] pdf)
    {
        // Latin-1 maps every byte to one character, so that a pattern can look at bytes.
        var text = Encoding.Latin1.GetString(pdf);
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match found in Objects().Matches(text)) objects[found.Groups["number"].Value] = found.Groups["body"].Value;
        var root = Pages().Match(text);
        var names = Destinations().Match(text);
        if (!root.Success || !names.Success) return new Dictionary<string, int>(StringComparer.Ordinal);

        var order = PageNumbers(root.Groups["number"].Value, objects);
        var anchors = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match anchor in Anchors().Matches(objects.GetValueOrDefault(names.Groups["number"].Value, "")))
        {
            if (order.TryGetValue(anchor.Groups["page"].Value, out var page)) anchors[anchor.Groups["name"].Value] = page;
        }

        return anchors;
    }

    private static Dictionary<string, int> PageNumbers(string root, Dictionary<string, string> objects)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var number))
        {
            if (!objects.Remove(number, out var body)) continue;
            if (Kids().Match(body) is not { Success: true } kids)
            {
                order[number] = order.Count + 1;
                continue;
            }

            foreach (Match kid in Reference().Matches(kids.Groups["list"].Value).Reverse()) waiting.Push(kid.Groups["number"].Value);
        }

        return order;
    }

    [GeneratedRegex(@"^(?<number>\d+) 0 obj\n(?<body><<.*?)(?:stream\n|endobj)", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/Type /Catalog\s+/Pages (?<number>\d+) 0 R", RegexOptions.ExplicitCapture)]
    private static partial Regex Pages();

    [GeneratedRegex(@"/Dests (?<number>\d+) 0 R", RegexOptions.ExplicitCapture)]
    private static partial Regex Destinations();

    [GeneratedRegex(@"/Kids \[(?<list>[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Kids();

    [GeneratedRegex(@"(?<number>\d+) 0 R", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"/(?<name>[A-Za-z0-9-]+) \[(?<page>\d+) 0 R", RegexOptions.ExplicitCapture)]
    private static partial Regex Anchors();
}
