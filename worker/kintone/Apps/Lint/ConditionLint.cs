using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Conditions of views, rights and notifications: known fields, operators that fit the field's type, choices that exist.</summary>
/// <remarks>Source: RULES.md "Queries". A coarse reader: what it does not recognise it names.</remarks>
internal static partial class ConditionLint
{
    private const string Quoted = """
        "(?:[^"\\]|\\.)*"
        """;

    private const string Term = $"""
        (?<field>[^\s()=!<>"]+)\s*
        (?<operator>not\s+in|in|not\s+like|like|is\s+not|is|!=|>=|<=|=|>|<)\s*
        (?<value>\((?:[^()"]|{Quoted}|\(\))*\)|{Quoted}|empty|[A-Z_]+\([^)]*\)|-?[0-9.]+)
        """;

    private static readonly HashSet<string> Comparable = ["NUMBER", "CALC", "RECORD_NUMBER", "DATE", "TIME", "DATETIME", "CREATED_TIME", "UPDATED_TIME"];
    private static readonly HashSet<string> Texts = ["SINGLE_LINE_TEXT", "LINK"];
    private static readonly HashSet<string> LongTexts = ["MULTI_LINE_TEXT", "RICH_TEXT", "FILE"];

    /// <summary>The faults of a condition, as sentences; none for an empty one.</summary>
    internal static IReadOnlyList<string> Check(string condition, FieldCatalogue fields)
    {
        var faults = new List<string>();
        var rest = TermPattern().Replace(condition, match =>
        {
            faults.AddRange(CheckTerm(match.Groups["field"].Value, Spaces().Replace(match.Groups["operator"].Value, " "), match.Groups["value"].Value, fields));
            return "";
        });
        if (Joints().Replace(rest, "").Length > 0) faults.Add($"the condition '{condition}' does not read as one.");
        return faults;
    }

    private static IEnumerable<string> CheckTerm(string field, string sign, string value, FieldCatalogue fields)
    {
        if (!fields.Knows(field)) return [$"the condition names {field}, which is no field."];
        var type = fields.TypeOf(field);
        return
        [
            .. Fits(type, sign, fields.IsColumn(field)) ? [] : new[] { $"the operator '{sign}' does not fit {field} ({type})." },
            .. UnknownChoices(field, value, fields).Select(word => $"{field} has no choice {word}."),
        ];
    }

    private static IEnumerable<string> UnknownChoices(string field, string value, FieldCatalogue fields) =>
        fields.ChoicesOf(field) is { } choices
            ? Literal().Matches(value).Select(static match => match.Value[1..^1]).Where(word => word.Length > 0 && !choices.Contains(word))
            : [];

    private static bool Fits(string type, string sign, bool column) => sign switch
    {
        "=" or "!=" => !column && (Comparable.Contains(type) || Texts.Contains(type)),
        ">" or "<" or ">=" or "<=" => Comparable.Contains(type),
        "like" or "not like" => Texts.Contains(type) || LongTexts.Contains(type),
        "is" or "is not" => LongTexts.Contains(type),
        "in" or "not in" => !LongTexts.Contains(type),
        _ => false,
    };

    [GeneratedRegex(Term, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TermPattern();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(and|or)\b|[\s()]", RegexOptions.CultureInvariant)]
    private static partial Regex Joints();

    [GeneratedRegex(Quoted, RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
