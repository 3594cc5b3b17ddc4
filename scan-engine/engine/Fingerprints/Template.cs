using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Engine.Fingerprints;

/// <summary>Fills <c>${group}</c> in a fingerprint's texts from its match.</summary>
internal static partial class Template
{
    [GeneratedRegex(@"\$\{(?<name>[a-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    /// <returns>Null when there is no template or a group it names is empty.</returns>
    public static string? Fill(string? template, Match match)
    {
        if (template is null) return null;
        var whole = true;
        var text = Placeholder().Replace(template, hole =>
        {
            var group = match.Groups[hole.Groups["name"].Value];
            whole &= group is { Success: true, Length: > 0 };
            return group.Value;
        });
        return whole ? text.Trim() : null;
    }

    /// <summary>Fills a CPE 2.3 formatted string component by component.</summary>
    /// <remarks>Source: NISTIR 7695 section 6.2 (formatted string binding: lower case, special characters quoted, <c>*</c> for any).</remarks>
    public static string FillCpe(string template, Match match) =>
        string.Join(':', template.Split(':').Select(part => part.Contains("${", StringComparison.Ordinal)
            ? FillComponent(part, match)
            : part));

    private static string FillComponent(string part, Match match)
    {
        var value = Fill(part, match);
        if (string.IsNullOrEmpty(value)) return "*";
        var text = new StringBuilder();
        foreach (var character in value.ToLowerInvariant().Replace(' ', '_'))
        {
            if (character is < '!' or > '~') continue;
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-' or '.')) text.Append('\\');
            text.Append(character);
        }

        return text.Length == 0 ? "*" : text.ToString();
    }
}
