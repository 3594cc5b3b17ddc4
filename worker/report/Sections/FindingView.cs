using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>A block of the findings: what, why, what to do, and on what it rests.</summary>
internal sealed record FindingView(
    SeverityView Severity,
    string Heading,
    string Where,
    bool Exploited,
    string Why,
    string Action,
    string Checklist,
    IReadOnlyList<FindingItemView> Items,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Decisions,
    string Change,
    string Qod)
{
    internal static FindingView Of(FindingGroup group, ReportLine line, TextFile texts, Words words) => new(
        SeverityViews.Of(group.Severity, words),
        group.Heading,
        WhereOf(group, line),
        group.Exploited,
        Printable.Block(group.Text.Why),
        Printable.Block(group.Text.Action),
        Printable.Block(group.Text.Checklist),
        group.Findings.Count > 1 || group.Worst.Machine.Cvss is not null || group.Worst.Machine.Cve.Count > 0
            ? [.. group.Findings.Select(finding => FindingItemView.Of(finding, texts, words))]
            : [],
        [.. group.Findings.Select(finding => words.Evidence(finding.Machine)).Where(static text => text.Length > 0).Distinct()],
        ReferenceList.Of(group.Findings),
        [.. group.Findings.SelectMany(finding => DecisionsOf(finding, group, line, texts, words))],
        group.Findings.Count == 1 ? ChangeOf(group.Worst, texts, words) : "",
        string.Join(words.Texts["separator"], group.Findings.Select(finding => texts.Fill("qod", ("percent", finding.Machine.Qod))).Distinct()));

    private static string WhereOf(FindingGroup group, ReportLine line)
    {
        var service = line.Scan?.Ports.FirstOrDefault(port => port.Protocol == group.Worst.Machine.Protocol && port.Port == group.Worst.Machine.Port)?.Service;
        return service is null ? group.PortText : $"{group.PortText} / {Printable.Line(service)}";
    }

    private static string ChangeOf(ReportFinding finding, TextFile texts, Words words)
    {
        if (finding.Change is not { } change) return "";
        return change is FindingChange.New
            ? words.Change(change)
            : $"{words.Change(change)}{texts.Fill("firstSeenNote", ("date", Jst.Text(Jst.DayOf(finding.FirstSeen))))}";
    }

    // In a group the sentence names the finding that it is about.
    private static IEnumerable<string> DecisionsOf(ReportFinding finding, FindingGroup group, ReportLine line, TextFile texts, Words words)
    {
        var name = group.Findings.Count > 1 ? Printable.Line(finding.Machine.Id) + " " : "";
        // Nobody reviews an operator's own scan: its cover says so once.
        var open = finding.Decision.Verdict is FindingVerdict.Open && line.Answers is not null ? [texts["open"]] : Enumerable.Empty<string>();
        return open.Concat(Sentences(finding, texts, words)).Select(sentence => name + sentence);
    }

    private static IEnumerable<string> Sentences(ReportFinding finding, TextFile texts, Words words)
    {
        var decision = finding.Decision;
        var reason = decision.Reason.Length > 0 ? Printable.Line(decision.Reason) : texts["noReason"];
        if (decision.ReRated is { } severity && severity != finding.Machine.Severity)
        {
            yield return texts.Fill("reRated", ("from", finding.Machine.Severity.NameJa()), ("to", severity.NameJa()), ("reason", reason));
        }

        if (finding.DecisionExpired && decision.Expires is { } ended)
        {
            yield return texts.Fill("expired", ("verdict", words.Of<FindingVerdict>("verdict", decision.Verdict)), ("date", Jst.Text(ended)));
        }
        else if (finding.Accepted)
        {
            yield return decision.Expires is { } until
                ? texts.Fill("acceptedUntil", ("date", Jst.Text(until)), ("reason", reason))
                : texts.Fill("acceptedOpen", ("reason", reason));
        }
    }
}

/// <summary>One weakness of a block.</summary>
internal sealed record FindingItemView(SeverityView Severity, string Id, string Title, string Score, string Vector, bool Kev, string Epss, string Change, string Decision)
{
    internal static FindingItemView Of(ReportFinding finding, TextFile texts, Words words)
    {
        var machine = finding.Machine;
        return new FindingItemView(
            SeverityViews.Of(finding.Severity, words),
            Printable.Line(machine.Cve.Count > 0 ? words.Join(machine.Cve) : machine.Id),
            Printable.Line(machine.TitleJa),
            machine.Cvss is { } cvss ? texts.Fill("score", ("score", cvss.Score.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)), ("version", Printable.Line(cvss.Version))) : texts["unscored"],
            Printable.Line(machine.Cvss?.Vector),
            machine.Kev,
            machine.Epss is { } epss ? texts.Fill("epss", ("percent", Percent(epss))) : "",
            finding.Change is { } change ? words.Change(change) : "",
            finding.Accepted ? words.Of<FindingVerdict>("verdict", finding.Decision.Verdict) : "");
    }

    // Small probabilities would all read 0%.
    private static string Percent(decimal probability) =>
        (probability * 100).ToString(probability < 0.1m ? "0.0#" : "0", System.Globalization.CultureInfo.InvariantCulture);
}
