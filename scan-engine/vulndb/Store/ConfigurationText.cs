using System.Text;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Store;

/// <summary>Configurations as compact lines: C (configuration), N (node), M (criterion), each with its flags, tab-separated; blanks at the end are left out.</summary>
/// <remarks>Ours alone: written at load, read at match. A tab or line break in a name cannot be, as it could not stand in a CPE name.</remarks>
internal static class ConfigurationText
{
    private const char Tab = '\t';
    private const string Prefix = "cpe:2.3:";
    private const string AnyAtEnd = ":*";
    private const int Components = 11;
    private const string And = "A";
    private const string Or = "O";

    internal static string Write(IEnumerable<CpeConfiguration> configurations)
    {
        var text = new StringBuilder();
        foreach (var configuration in configurations)
        {
            Line(text, "C", configuration.All ? And : Or, Flag(configuration.Negate));
            foreach (var node in configuration.Nodes)
            {
                Line(text, "N", node.All ? And : Or, Flag(node.Negate));
                foreach (var criterion in node.Criteria)
                {
                    var range = criterion.Range;
                    Line(text, "M", Short(criterion.Name), Flag(criterion.Vulnerable), range.StartIncluding, range.StartExcluding, range.EndIncluding, range.EndExcluding);
                }
            }
        }

        return text.ToString();
    }

    internal static IReadOnlyList<CpeConfiguration> Read(string text)
    {
        var configurations = new List<CpeConfiguration>();
        var nodes = new List<CpeNode>();
        var criteria = new List<CpeCriterion>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split(Tab);
            switch (cells[0])
            {
                case "C":
                    configurations.Add(new CpeConfiguration(cells[1] == And, IsSet(cells[2]), nodes = []));
                    break;
                case "N":
                    nodes.Add(new CpeNode(cells[1] == And, IsSet(cells[2]), criteria = []));
                    break;
                default:
                    criteria.Add(new CpeCriterion(
                        CpeName.Parse(Long(cells[1])) ?? throw new InvalidDataException($"'{cells[1]}' is no CPE name."),
                        cells.Length == 3 ? VersionRange.All : new VersionRange(Bound(cells, 3), Bound(cells, 4), Bound(cells, 5), Bound(cells, 6)),
                        IsSet(cells[2])));
                    break;
            }
        }

        return configurations;
    }

    /// <summary>Without the prefix and without the ANYs at the end, which are most of a name.</summary>
    private static string Short(CpeName name)
    {
        var text = name.ToString()[Prefix.Length..];
        while (text.EndsWith(AnyAtEnd, StringComparison.Ordinal)) text = text[..^AnyAtEnd.Length];
        return text;
    }

    private static string Long(string text)
    {
        var separators = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == ':') separators++;
        }

        return Prefix + text + string.Concat(Enumerable.Repeat(AnyAtEnd, Components - 1 - separators));
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        while (cells[^1] is null) cells = cells[..^1];
        for (var at = 0; at < cells.Length; at++)
        {
            if (at > 0) text.Append(Tab);
            text.Append(cells[at]?.Replace(Tab, ' ').Replace('\n', ' '));
        }

        text.Append('\n');
    }

    private static string Flag(bool set) => set ? "1" : "0";

    private static bool IsSet(string cell) => cell == "1";

    private static string? Bound(string[] cells, int at) => at < cells.Length && cells[at].Length > 0 ? cells[at] : null;
}
