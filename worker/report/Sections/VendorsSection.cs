using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>ベンダ別の対応一覧: a page per vendor with its lines only, for the hospital to hand over.</summary>
internal sealed class VendorsSection : IReportSection
{
    public string Id => "vendors";

    public int Order => 70;

    public bool AppliesTo(ReportModel model) => model.ForVendor is null && model.Vendors.Count > 0;

    public object View(SectionContext context) =>
        new VendorsView([.. context.Model.Vendors.Select(vendor => Vendor(context.Model.SliceFor(vendor), vendor, context))]);

    private static VendorView Vendor(ReportModel slice, ReportVendor vendor, SectionContext context)
    {
        var (texts, words) = (context.Texts, context.Words);
        var rows = slice.Lines.SelectMany(line => FindingGroup.Of(line.Findings.Where(static finding => !finding.Accepted), line.Scan).Select(group => (Line: line, Group: group)))
            .OrderBy(static pair => pair.Group.Urgency)
            .Select(pair => new VendorRow(SeverityViews.Of(pair.Group.Severity, words), words.LineCell(pair.Line), pair.Group.PortText, pair.Group.Heading, Printable.Line(pair.Group.Text.Action)));
        return new VendorView(
            texts.Fill("heading", ("company", Printable.Line(vendor.Company))),
            texts.Fill("about", ("hospital", words.Subject(slice)), ("reference", slice.Engagement is { } id ? words.Reference(id) : ""), ("edition", words.Edition(slice))),
            [.. slice.Lines.Select(line => texts.Fill(
                "lineItem",
                ("line", words.Line(line)),
                ("roles", words.Roles(line.Vendors.Select(static other => other.Role))),
                ("outcome", words.Texts[$"outcome.{line.Outcome}"])))],
            [.. rows],
            texts[slice.Lines.All(static line => line.Scan is null) ? "noneUnscanned" : "none"],
            slice.Lines.All(static line => line.Scan is null) ? "" : texts.Fill("file", ("file", FileNames.Of(slice with { Draft = false }, "pdf"))));
    }
}

/// <summary>ベンダ別の対応一覧.</summary>
internal sealed record VendorsView(IReadOnlyList<VendorView> Vendors);

/// <summary>One vendor.</summary>
internal sealed record VendorView(string Heading, string About, IReadOnlyList<string> Lines, IReadOnlyList<VendorRow> Rows, string None, string File);

/// <summary>Something the vendor is asked to do.</summary>
internal sealed record VendorRow(SeverityView Severity, string Line, string Port, string Title, string Action);
