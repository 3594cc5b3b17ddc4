using VulnDiag.Domain.Scheduling;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>表紙: whose report this is, which edition, and who answers for it.</summary>
internal sealed class CoverSection : IReportSection
{
    public string Id => "cover";

    public int Order => 0;

    public bool AppliesTo(ReportModel model) => true;

    public object View(SectionContext context)
    {
        var (model, texts, words) = (context.Model, context.Texts, context.Words);
        var addressee = model.ForVendor?.Company ?? words.Subject(model);
        return new CoverView(
            Addressee: Printable.Line(addressee),
            Honorific: model.HospitalName is null && model.ForVendor is null ? "" : texts["honorific"],
            Edition: words.Edition(model),
            Slice: model.ForVendor is null ? "" : texts["vendorSlice"],
            Notes: [.. Notes(model, texts)],
            Fields: [.. Fields(model, texts, words)]);
    }

    private static IEnumerable<string> Notes(ReportModel model, TextFile texts)
    {
        if (model.Draft) yield return texts["draftNote"];
        if (!model.Reviewed) yield return texts["ownScanNote"];
        if (model.ForVendor is { } vendor) yield return texts.Fill("vendorNote", ("company", Printable.Line(vendor.Company)));
    }

    private static IEnumerable<FieldView> Fields(ReportModel model, TextFile texts, Words words)
    {
        if (model.ForVendor is not null) yield return new FieldView(texts["fields.hospital"], words.Subject(model));
        if (model.Engagement is { } engagement) yield return new FieldView(texts["fields.reference"], words.Reference(engagement));
        if (model.HospitalCode.Length > 0) yield return new FieldView(texts["fields.code"], Printable.Line(model.HospitalCode));
        yield return new FieldView(texts["fields.scanned"], Scanned(model, texts, words));
        yield return new FieldView(texts["fields.made"], Jst.Text(model.Made));
        if (model.Draft && model.Due is { } due) yield return new FieldView(texts["fields.due"], Jst.Text(due));
        if (model.Operator.Length > 0) yield return new FieldView(texts["fields.operator"], Printable.Line(model.Operator));
        if (!model.Reviewed) yield break;
        yield return new FieldView(texts["fields.analyst"], Named(model.Analyst, texts));
        yield return new FieldView(texts["fields.approver"], Named(model.Approver, texts));
    }

    private static string Scanned(ReportModel model, TextFile texts, Words words)
    {
        var scans = model.Lines.Select(static line => line.Scan).OfType<VulnDiag.Model.ScanResult>().ToList();
        if (scans.Count == 0) return texts["notScanned"];
        var first = Jst.Text(Jst.DayOf(scans.Min(static scan => scan.Started)));
        var last = Jst.Text(Jst.DayOf(scans.Max(static scan => scan.Finished)));
        return first == last ? first : words.Texts.Fill("period", ("start", first), ("end", last));
    }

    private static string Named(string person, TextFile texts) => person.Length > 0 ? Printable.Line(person) : texts["toBeNamed"];
}

/// <summary>表紙.</summary>
internal sealed record CoverView(string Addressee, string Honorific, string Edition, string Slice, IReadOnlyList<string> Notes, IReadOnlyList<FieldView> Fields);

/// <summary>A name and what stands beside it.</summary>
internal sealed record FieldView(string Name, string Value);
