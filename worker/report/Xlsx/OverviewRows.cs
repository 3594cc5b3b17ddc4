using VulnDiag.Model;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>概要: what the cover and the first chapter say.</summary>
internal static class OverviewRows
{
    private static readonly TextFile Cover = TextFile.Load("cover");
    private static readonly TextFile Scope = TextFile.Load("scope");

    internal static IEnumerable<IReadOnlyList<Cell>> Of(ReportModel model, TextFile texts, Words words)
    {
        yield return Row(Cover["title"], Cell.Of(words.Edition(model)));
        yield return Row(Cover["fields.hospital"], Cell.Of(words.Subject(model)));
        if (model.HospitalCode.Length > 0) yield return Row(Cover["fields.code"], Cell.Of(Printable.Line(model.HospitalCode)));
        if (model.Engagement is { } engagement) yield return Row(Cover["fields.reference"], Cell.Of(words.Reference(engagement)));
        if (model.ForVendor is { } vendor) yield return Row(Cover["vendorSlice"], Cell.Of(Printable.Line(vendor.Company)));
        yield return Row(Cover["fields.made"], Cell.Of(model.Made));
        if (model.Operator.Length > 0) yield return Row(Cover["fields.operator"], Cell.Of(Printable.Line(model.Operator)));
        if (model.Reviewed)
        {
            yield return Row(Cover["fields.analyst"], Cell.Of(Printable.Line(model.Analyst)));
            yield return Row(Cover["fields.approver"], Cell.Of(Printable.Line(model.Approver)));
        }

        foreach (var severity in Severities.All)
        {
            yield return Row(texts.Fill("severity", ("name", severity.NameJa()), ("band", words.SeverityBand(severity))), Cell.Of(model.Counts[severity]));
        }

        yield return Row(texts["falsePositives"], Cell.Of(model.Lines.Sum(static line => line.FalsePositives)));
        if (Matching.Warning(model, words) is { } unmatched) yield return Row(Matching.Name, Cell.Of(unmatched));
        if (model.Summary.Length > 0) yield return Row(texts["summary"], Cell.Of(Printable.Block(model.Summary)));
        yield return Row(texts["notSafe"], Cell.Of(Scope["notSafe"]));
    }

    private static IReadOnlyList<Cell> Row(string name, Cell value) => [Cell.Of(name), value];
}
