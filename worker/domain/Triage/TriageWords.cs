using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Triage;

/// <summary>How decisions and requirements are written for people and in CSV.</summary>
public static class TriageWords
{
    private const string IncompleteWord = "incomplete";

    private static readonly Dictionary<Decision, string> Marks =
        EmbeddedCsv.Rows("Triage.decisions.ja.csv").ToDictionary(static row => Enum.Parse<Decision>(row["decision"]), static row => row["mark"]);

    private static readonly Dictionary<Requirement, string> Requirements = new()
    {
        [Requirement.None] = "none",
        [Requirement.Meeting] = "meeting",
        [Requirement.SameDayIpCheck] = "same_day_ip_check",
    };

    /// <summary>The mark of the table (○ △ ×), or <c>incomplete</c>.</summary>
    public static string Mark(this Decision decision) => Marks.GetValueOrDefault(decision, IncompleteWord);

    /// <summary><c>none</c>, <c>meeting</c> or <c>same_day_ip_check</c>.</summary>
    public static string Word(this Requirement requirement) => Requirements[requirement];

    internal static Decision DecisionOf(string mark) => Marks.Single(pair => pair.Value == mark).Key;

    internal static Requirement RequirementOf(string word) => Requirements.Single(pair => pair.Value == word).Key;
}
