using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>What is known of a line: the hospital's answers and what was scanned.</summary>
internal static class LineFactsView
{
    internal static IReadOnlyList<FieldView> Of(ReportLine line, TextFile texts, Words words) =>
        [.. All(line, texts, words).Where(static field => field.Value.Length > 0)];

    private static IEnumerable<FieldView> All(ReportLine line, TextFile texts, Words words)
    {
        FieldView Field(string name, string value) => new(texts[$"facts.{name}"], value);

        yield return Field("outcome", words.Texts[$"outcome.{line.Outcome}"]);
        if (line.Scan is { } scan)
        {
            yield return Field("time", Jst.Text(new Period(scan.Started, scan.Finished)));
            yield return Field("address", Printable.Line(scan.Target.Address));
            yield return Field("fqdn", Printable.Line(scan.Target.Fqdn));
        }

        if (line.Answers is not { } answers) yield break;
        yield return Field("communication", words.Of("communication", answers.Communication));
        yield return Field("access", answers.Access is null ? "" : words.Of("access", answers.Access));
        yield return Field("addressing", answers.Addressing is null ? "" : words.Of("addressing", answers.Addressing));
        yield return Field("device", Printable.Line(string.Join(' ', new[] { answers.DeviceKind, answers.Maker, answers.Model }.Where(static part => part.Length > 0))));
        yield return Field("records", answers.MedicalRecords is YesNoUnknown.Unknown ? texts["recordsUnknown"] : words.Of("yesNo", answers.MedicalRecords));
        yield return Field("vendors", answers.SelfManaged ? texts["selfManaged"] : Vendors(line, texts, words));
    }

    private static string Vendors(ReportLine line, TextFile texts, Words words) => words.Join(line.Vendors
        .GroupBy(static vendor => (vendor.Mail, vendor.Company))
        .Select(group => texts.Fill("vendor", ("company", Printable.Line(group.Key.Company)), ("roles", words.Roles(group.Select(static vendor => vendor.Role))))));
}
