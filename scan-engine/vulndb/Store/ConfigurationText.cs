using System.Text;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Store;

/// <summary>Configurations as compact lines: C (configuration), N (node), M (criterion), each with its flags, tab-separated.</summary>
/// <remarks>Ours alone: written at load, read at match. A tab or line break in a name cannot be, as it could not stand in a CPE name.</remarks>
internal static class ConfigurationText
{
    private const char Tab = '\t';
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
                    Line(text, "M", criterion.Name.ToString(), Flag(criterion.Vulnerable), range.StartIncluding, range.StartExcluding, range.EndIncluding, range.EndExcluding);
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
                        CpeName.Parse(cells[1]) ?? throw new InvalidDataException($"'{cells[1]}' is no CPE name."),
                        new VersionRange(Bound(cells[3]), Bound(cells[4]), Bound(cells[5]), Bound(cells[6])),
                        IsSet(cells[2])));
                    break;
            }
        }

        return configurations;
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        for (var at = 0; at < cells.Length; at++)
        {
            if (at > 0) text.Append(Tab);
            text.Append(cells[at]?.Replace(Tab, ' ').Replace('\n', ' '));
        }

        text.Append('\n');
    }

    private static string Flag(bool set) => set ? "1" : "0";

    private static bool IsSet(string cell) => cell == "1";

    private static string? Bound(string cell) => cell.Length == 0 ? null : cell;
}
