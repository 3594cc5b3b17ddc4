using VulnDiag.Domain.Facts;
using VulnDiag.Model;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Xlsx;

/// <summary>診断条件: per line what was and was not examined, in full; then versions of engine and data.</summary>
internal static class MethodRows
{
    private static readonly TextFile Lines = TextFile.Load("lines");
    private static readonly TextFile Method = TextFile.Load("method");

    internal static IEnumerable<IReadOnlyList<Cell>> Of(ReportModel model, TextFile texts, Words words)
    {
        var lines = model.Lines.SelectMany(line => line.Scan is { } scan
            ? OfScan(line, scan, texts, words).Select(row => Row(Printable.Line(line.Id.Value), texts[$"methodItems.{row.Item}"], row.Value))
            : [Row(Printable.Line(line.Id.Value), texts["methodItems.outcome"], Cell.Of(words.OutcomeReason(line)))]);
        var versions = MethodSection.Versions(model, Method).Select(version => Row(texts["all"], version.Name, Cell.Of(version.Value)));
        return lines.Concat(versions);
    }

    private static IEnumerable<(string Item, Cell Value)> OfScan(ReportLine line, ScanResult scan, TextFile texts, Words words)
    {
        yield return ("target", Cell.Of(Printable.Line(scan.Target.Address)));
        if (scan.Target.Fqdn is { } fqdn) yield return ("fqdn", Cell.Of(Printable.Line(fqdn)));
        yield return ("started", Cell.Of(scan.Started));
        yield return ("finished", Cell.Of(scan.Finished));
        yield return ("source", Cell.Of(words.Join(scan.SourceAddresses.Select(Printable.Line))));
        yield return ("method", Cell.Of(words.Texts.TextAt($"method.{scan.Method}") ?? Printable.Line(scan.Method)));
        yield return ("packets", Cell.Of(texts.Fill("packets", ("sent", scan.Packets.Sent), ("received", scan.Packets.Received))));
        yield return ("tcp", Cell.Of(CoverageView.Tcp(scan.Coverage.Tcp, Lines)));
        yield return ("udp", Cell.Of(CoverageView.Udp(scan.Coverage.Udp, Lines)));
        yield return ("matching", Cell.Of(Matching.OfLine(line)));
        if (line.Answers is { } answers) yield return ("accounts", Cell.Of(CoverageView.Accounts(answers.Consent?.AccountChecks ?? false, Lines)));
        if (line.Outcome is not LineOutcome.Done) yield return ("outcome", Cell.Of(words.OutcomeReason(line)));
        foreach (var item in line.Unexamined) yield return ("notExamined", Cell.Of(CoverageView.Unexamined(item, Lines, words)));
        foreach (var stop in scan.Stops) yield return ("stop", Cell.Of(CoverageView.Stop(stop, Lines, words)));
    }

    private static IReadOnlyList<Cell> Row(string line, string item, Cell value) => [Cell.Of(line), Cell.Of(item), value];
}
