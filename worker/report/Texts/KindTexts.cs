using VulnDiag.Model;

namespace VulnDiag.Report.Texts;

/// <summary>Words for findings whose check has none of its own: one row per kind of weakness.</summary>
internal static class KindTexts
{
    private static readonly TextFile Texts = TextFile.Load("kinds");

    internal static CheckText Of(FindingKind kind) =>
        new(Title: "", Why: Texts[$"{kind}.why"], Action: Texts[$"{kind}.action"], Checklist: Texts[$"{kind}.checklist"]);
}
