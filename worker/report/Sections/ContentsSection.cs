namespace VulnDiag.Report.Sections;

/// <summary>目次.</summary>
internal sealed class ContentsSection : IReportSection
{
    public string Id => "contents";

    public int Order => 10;

    // A slice is a few pages of one vendor's lines.
    public bool AppliesTo(ReportModel model) => model.ForVendor is null;

    public object View(SectionContext context) => new ContentsView(context.Chapters);
}

/// <summary>目次.</summary>
internal sealed record ContentsView(IReadOnlyList<Chapter> Chapters);
