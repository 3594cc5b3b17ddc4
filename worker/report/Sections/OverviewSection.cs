using VulnDiag.Domain.Facts;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>診断結果の概要: what a hospital's director needs, before anything technical.</summary>
internal sealed class OverviewSection : IReportSection
{
    private const int MostActions = 8;
    private const int MostPlaces = 6;

    public string Id => "overview";

    public int Order => 20;

    public bool AppliesTo(ReportModel model) => true;

    public object View(SectionContext context)
    {
        var (model, texts, words) = (context.Model, context.Texts, context.Words);
        var actions = Actions(model, words);
        return new OverviewView(
            Verdict: texts[$"verdict.{Verdict(model)}"],
            Urgent: model.Counts[Severity.Critical] > 0,
            Alerts: [.. Alerts(context)],
            Counts: [.. Severities.All.Select(severity => new CountView(
                SeverityViews.Of(severity, words, model.Counts[severity]),
                words.Texts[$"severity.{severity}.meaning"],
                words.Texts[$"severity.{severity}.when"]))],
            CountNotes: [.. CountNotes(model, texts)],
            Summary: Printable.Block(model.Summary),
            ActionsNote: actions.Count == 0 ? "" : texts.Fill(model.ForVendor is null ? "actionsNote" : "actionsNoteVendor", ("count", Math.Min(actions.Count, MostActions)), ("lines", context.TitleOf("lines"))),
            Actions: [.. actions.Take(MostActions)]);
    }

    private static string Verdict(ReportModel model) => model switch
    {
        { Counts: var counts } when counts[Severity.Critical] > 0 => "critical",
        { Counts: var counts } when counts[Severity.High] > 0 || counts[Severity.Act] > 0 => "high",
        { Counts.Total: > 0 } => "some",
        _ when model.Lines.All(static line => line.Scan is null) => "nothingScanned",
        _ => "nothing",
    };

    private static IEnumerable<string> Alerts(SectionContext context)
    {
        var (model, texts) = (context.Model, context.Texts);
        var findings = model.Lines.SelectMany(static line => line.Findings).ToList();
        var records = model.Lines.Where(static line => line.MayReachMedicalRecords).SelectMany(static line => line.Findings)
            .Count(static finding => finding.Severity is Severity.Critical or Severity.High);
        if (records > 0) yield return texts.Fill("records", ("count", records));
        var exploited = findings.Count(static finding => finding.Machine.Kev);
        if (exploited > 0) yield return texts.Fill("kev", ("count", exploited));
        var unscanned = model.Lines.Count(static line => line.Outcome is not LineOutcome.Done);
        if (unscanned > 0)
        {
            yield return model.Reviewed
                ? texts.Fill("unscanned", ("total", model.Lines.Count), ("count", unscanned), ("scope", context.TitleOf("scope")))
                : texts.Fill("unfinished", ("lines", context.TitleOf("lines")));
        }

        if (Matching.Warning(model, context.Words) is { } unmatched) yield return unmatched;
        var lost = model.Lines.Sum(static line => line.NotExamined.Count);
        if (lost > 0) yield return texts.Fill("lost", ("count", lost));
    }

    private static IEnumerable<string> CountNotes(ReportModel model, TextFile texts)
    {
        yield return texts["countsNote"];
        var accepted = model.Lines.SelectMany(static line => line.Findings).Count(static finding => finding.Accepted);
        if (accepted > 0) yield return texts.Fill("acceptedNote", ("accepted", accepted));
        var falsePositives = model.Lines.Sum(static line => line.FalsePositives);
        if (falsePositives > 0) yield return texts.Fill("falsePositiveNote", ("count", falsePositives));
    }

    /// <summary>One row per thing to do, worst first: the same work on several ports is one row.</summary>
    private static IReadOnlyList<ActionView> Actions(ReportModel model, Words words)
    {
        var groups = model.Lines.SelectMany(line => FindingGroup.Of(line.Findings.Where(static finding => !finding.Accepted), line.Scan).Select(group => (Line: line, Group: group)));
        return
        [
            .. groups.GroupBy(static pair => (pair.Group.Key, pair.Group.Product))
                .OrderBy(static work => work.Min(static pair => pair.Group.Urgency))
                .ThenByDescending(static work => work.Any(static pair => pair.Group.Exploited))
                .ThenByDescending(static work => work.Any(static pair => pair.Line.MayReachMedicalRecords))
                .Select((work, index) => Action(index + 1, [.. work], words)),
        ];
    }

    private static ActionView Action(int rank, IReadOnlyList<(ReportLine Line, FindingGroup Group)> work, Words words)
    {
        var severity = work.MinBy(static pair => pair.Group.Urgency).Group.Severity;
        var places = work.Select(pair => new PlaceView(words.LineCell(pair.Line), pair.Group.PortText)).Distinct().ToList();
        return new ActionView(
            rank,
            SeverityViews.Of(severity, words),
            work[0].Group.Heading,
            Printable.Line(work[0].Group.Text.Action),
            [.. places.Take(MostPlaces)],
            places.Count > MostPlaces ? words.Texts.Fill("morePlaces", ("count", places.Count - MostPlaces)) : "",
            words.Texts[$"severity.{severity}.when"]);
    }
}

/// <summary>診断結果の概要.</summary>
internal sealed record OverviewView(
    string Verdict,
    bool Urgent,
    IReadOnlyList<string> Alerts,
    IReadOnlyList<CountView> Counts,
    IReadOnlyList<string> CountNotes,
    string Summary,
    string ActionsNote,
    IReadOnlyList<ActionView> Actions);

/// <summary>One of the six counts.</summary>
internal sealed record CountView(SeverityView Severity, string Meaning, string When);

/// <summary>Something to do.</summary>
internal sealed record ActionView(int Rank, SeverityView Severity, string Title, string Action, IReadOnlyList<PlaceView> Where, string More, string When);

/// <summary>A port on a line.</summary>
internal sealed record PlaceView(string Line, string Port);
