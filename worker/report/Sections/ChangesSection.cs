using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>前回からの変化: new, still there, fixed, and what could not be looked at again.</summary>
internal sealed class ChangesSection : IReportSection
{
    private static readonly FindingChange[] Order =
        [FindingChange.New, FindingChange.StillThere, FindingChange.NotExamined, FindingChange.Fixed];

    public string Id => "changes";

    int IReportSection.Order => 50;

    public bool AppliesTo(ReportModel model) => model.Reviewed;

    public object View(SectionContext context)
    {
        var (model, texts, words) = (context.Model, context.Texts, context.Words);
        if (model.Previous is not { } previous) return new ChangesView(texts["first"], [], []);

        var reference = words.Reference(previous.Engagement);
        var lists = Order.Select(change => List(change, context)).ToList();
        return new ChangesView(
            previous.IssuedOn is { } issued
                ? texts.Fill("previous", ("reference", reference), ("date", Jst.Text(issued)))
                : texts.Fill("previousNoDate", ("reference", reference)),
            [.. lists.Select(list => new ChangeCount(list.Change, list.Rows.Count, list.Meaning))],
            [.. lists.Where(static list => list.Rows.Count > 0)]);
    }

    /// <summary>Findings with this change, line by line.</summary>
    internal static IEnumerable<(ReportLine Line, ReportFinding Finding)> With(FindingChange change, ReportModel model) =>
        model.Lines.SelectMany(line => Of(line, change).Select(finding => (line, finding)));

    private static IEnumerable<ReportFinding> Of(ReportLine line, FindingChange change) => change switch
    {
        FindingChange.Fixed => line.Fixed,
        FindingChange.NotExamined => line.NotExamined,
        FindingChange.New or FindingChange.StillThere => line.Findings.Where(finding => finding.Change == change),
    };

    private static ChangeList List(FindingChange change, SectionContext context)
    {
        var (texts, words) = (context.Texts, context.Words);
        var rows = With(change, context.Model).Select(pair => new ChangeRow(
            SeverityViews.Of(pair.Finding.Severity, words),
            words.LineCell(pair.Line),
            FindingGroup.PortName(pair.Finding.Machine.Protocol, pair.Finding.Machine.Port),
            Printable.Line(pair.Finding.Text.Title),
            Jst.Text(Jst.DayOf(pair.Finding.FirstSeen)))).ToList();
        var name = words.Change(change);
        return new ChangeList(name, texts.Fill("listTitle", ("change", name), ("count", rows.Count)), texts[$"meaning.{change}"], rows);
    }
}

/// <summary>前回からの変化.</summary>
internal sealed record ChangesView(string Intro, IReadOnlyList<ChangeCount> Counts, IReadOnlyList<ChangeList> Lists);

/// <summary>How many findings changed so.</summary>
internal sealed record ChangeCount(string Change, int Count, string Meaning);

/// <summary>Findings that changed so.</summary>
internal sealed record ChangeList(string Change, string Heading, string Meaning, IReadOnlyList<ChangeRow> Rows);

/// <summary>One finding.</summary>
internal sealed record ChangeRow(SeverityView Severity, string Line, string Port, string Title, string FirstSeen);
