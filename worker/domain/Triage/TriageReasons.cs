using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Triage;

/// <summary>Our own sentences where the table has no reason. They stand in reasons.ja.csv.</summary>
internal static class TriageReasons
{
    private static readonly Dictionary<string, string> Sentences =
        EmbeddedCsv.Rows("Triage.reasons.ja.csv").ToDictionary(static row => row["case"], static row => row["reason"]);

    internal static string Of(string name) => Sentences[name];
}
