namespace VulnDiag.Report.Sections;

/// <summary>用語集: all of it is words, so all of it is in the texts.</summary>
internal sealed class GlossarySection : IReportSection
{
    public string Id => "glossary";

    public int Order => 90;

    public bool AppliesTo(ReportModel model) => true;

    public object View(SectionContext context) => new GlossaryView();
}

/// <summary>用語集.</summary>
internal sealed record GlossaryView;
