using System.Text;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Store;

/// <summary>
/// Configurations as compact lines: C (configuration) and N (node) with A or O and 1 where negated; P (product) with 1 where vulnerable; under it V, names without a
/// range, and R, a name with its four bounds. Cells are parted by tabs; blanks at the end are left out.
/// </summary>
/// <remarks>Ours alone: written at load, read at match. A tab or line break in a bound is written as a space, as it could not stand in a version.</remarks>
internal static class ConfigurationText
{
    private const char Tab = '\t';
    private const char Break = '\n';

    internal static string Write(IReadOnlyList<CpeConfiguration> configurations)
    {
        if (configurations.Count == 0) return "";
        var text = new StringBuilder();
        foreach (var configuration in configurations)
        {
            text.Append('C').Append(configuration.All ? 'A' : 'O').Append(configuration.Negate ? '1' : '0').Append(Break);
            foreach (var node in configuration.Nodes)
            {
                text.Append('N').Append(node.All ? 'A' : 'O').Append(node.Negate ? '1' : '0').Append(Break);
                foreach (var product in node.Criteria.GroupBy(static criterion => (criterion.Text.Product, criterion.Vulnerable))) Write(text, product.Key, product);
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="keys">Products that are asked about: where a configuration only lists alternatives, all others are passed over. Null for everything.</param>
    internal static IReadOnlyList<CpeConfiguration> Read(string text, IReadOnlySet<string>? keys)
    {
        var configurations = new List<CpeConfiguration>();
        var nodes = new List<CpeNode>();
        var criteria = new List<CpeCriterion>();
                var (product, key, vulnerable, wanted) = ("", "", false, true);
        var (anyNode, anyCriterion) = (false, false);
        foreach (var range in text.AsSpan().Split(Break))
        {
            var line = text.AsSpan(range);
            if (line.IsEmpty) continue;
            switch (line[0])
            {
                case 'C':
                    anyNode = line[1] == 'O' && line[2] == '0';
                    configurations.Add(new CpeConfiguration(line[1] == 'A', line[2] == '1', nodes = []));
                    break;
                case 'N':
                    anyCriterion = line[1] == 'O' && line[2] == '0';
                    nodes.Add(new CpeNode(line[1] == 'A', line[2] == '1', criteria = []));
                    break;
                case 'P':
                    (vulnerable, product) = (line[1] == '1', line[2..].ToString());
                    key = new CpeText(product, "").Key;
                    wanted = !(anyNode && anyCriterion) || keys is null || keys.Contains(key);
                    break;
                case 'V' when wanted:
                    foreach (var cell in line[1..].Split(Tab))
                        criteria.Add(CpeCriterion.Stored(new CpeText(product, line[1..][cell].ToString()), key, VersionRange.All, vulnerable));
                    break;
                case 'R' when wanted:
                    var cells = line[1..].ToString().Split(Tab);
                    criteria.Add(CpeCriterion.Stored(new CpeText(product, cells[0]), key, new VersionRange(Bound(cells, 1), Bound(cells, 2), Bound(cells, 3), Bound(cells, 4)), vulnerable));
                    break;
                default:
                    break;
            }
        }

        return configurations;
    }

    /// <summary>Keys of the products that a text names as vulnerable.</summary>
    internal static IEnumerable<string> VulnerableKeys(string text) => text.Split(Break)
        .Where(static line => line.StartsWith("P1", StringComparison.Ordinal))
        .Select(static line => new CpeText(line[2..], "").Key)
        .Distinct(StringComparer.Ordinal);

    private static void Write(StringBuilder text, (string Product, bool Vulnerable) product, IEnumerable<CpeCriterion> criteria)
    {
        text.Append('P').Append(product.Vulnerable ? '1' : '0').Append(product.Product).Append(Break);
        var first = true;
        foreach (var criterion in criteria)
        {
            if (!criterion.Range.IsOpen) continue;
            text.Append(first ? 'V' : Tab).Append(criterion.Text.Rest);
            first = false;
        }

        if (!first) text.Append(Break);
        foreach (var criterion in criteria)
        {
            if (!criterion.Range.IsOpen) Write(text, criterion);
        }
    }

    private static void Write(StringBuilder text, CpeCriterion criterion)
    {
        var range = criterion.Range;
        text.Append('R').Append(criterion.Text.Rest);
        ReadOnlySpan<string?> bounds = [range.StartIncluding, range.StartExcluding, range.EndIncluding, range.EndExcluding];
        while (bounds[^1] is null) bounds = bounds[..^1];
        foreach (var bound in bounds) text.Append(Tab).Append(bound?.Replace(Tab, ' ').ReplaceLineEndings(" "));
        text.Append(Break);
    }

    private static string? Bound(string[] cells, int at) => at < cells.Length && cells[at].Length > 0 ? cells[at] : null;
}
