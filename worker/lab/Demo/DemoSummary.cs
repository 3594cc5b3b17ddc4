using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>How the demo ended, read from kintone as a member of staff sees it and from the files that the hospitals downloaded.</summary>
public sealed class DemoSummary
{
    private readonly DemoStage _stage;
    private readonly string _folder;

    private DemoSummary(DemoStage stage, string folder) => (_stage, _folder) = (stage, folder);

    private DemoWords Words => _stage.Words;

    /// <summary>Reads it.</summary>
    /// <param name="stage">Where the demo played.</param>
    /// <param name="folder">The demo's folder; paths in the summary are relative to it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static Task<JObject> ReadAsync(DemoStage stage, string folder, CancellationToken cancellationToken) =>
        new DemoSummary(stage, folder).ReadAsync(cancellationToken);

    private async Task<JObject> ReadAsync(CancellationToken cancellationToken)
    {
        using var user = _stage.SignIn(CoordinatorPerson.Login);
        var records = await user.QueryAsync(_stage.EngagementApp, "order by $id asc limit 500", cancellationToken);
        var findings = await AllAsync(user, _stage.FindingApp, cancellationToken);
        var mails = await AllAsync(user, _stage.CommunicationApp, cancellationToken);
        var reported = records.Where(record => ReportOf(record) is not null).Select(static record => record.Id()).ToHashSet(StringComparer.Ordinal);
        return new JObject
        {
            ["engagements"] = new JArray(records.Select(EngagementOf)),
            ["lines"] = new JArray(records.SelectMany(LinesOf)),
            ["mails"] = Counted(mails.Where(IsSent).Select(mail => mail.Text(Words["comm.kind"]))),
            ["findings"] = Severities(findings.Where(finding => reported.Contains(finding.Text(Words["finding.engagement"])) && Counts(finding))),
        };
    }

    private static async Task<IReadOnlyList<JObject>> AllAsync(KintoneUser user, long app, CancellationToken cancellationToken)
    {
        var all = new List<JObject>();
        while (true)
        {
            var last = all.Count == 0 ? "0" : all[^1].Id();
            var page = await user.QueryAsync(app, $"$id > {last} order by $id asc limit 500", cancellationToken);
            if (page.Count == 0) return all;
            all.AddRange(page);
        }
    }

    private JObject EngagementOf(JObject record) => new()
    {
        ["record"] = Number(record.Id()),
        ["hospital"] = record.Text(Words["field.hospitalName"]),
        ["state"] = record.Text(Words["field.state"]),
        ["report"] = ReportOf(record),
    };

    private JToken? ReportOf(JObject record)
    {
        var folder = Path.Combine(_stage.ReportRoot, record.Id());
        if (!Directory.Exists(folder)) return null;
        var xlsx = Directory.EnumerateFiles(folder, "*.xlsx").Order(StringComparer.Ordinal).LastOrDefault();
        // Vendors' slices lie beside: the report is the PDF that has the workbook's name.
        var pdf = Path.ChangeExtension(xlsx, ".pdf");
        return pdf is null || xlsx is null || !File.Exists(pdf) ? null : new JObject { ["pdf"] = Relative(pdf), ["xlsx"] = Relative(xlsx) };
    }

    private string Relative(string file) => Path.GetRelativePath(_folder, file).Replace('\\', '/');

    private IEnumerable<JObject> LinesOf(JObject record) =>
        record.Rows(Words["field.results"]).Select(static row => row.Cells()).Select(line => new JObject
        {
            ["record"] = Number(record.Id()),
            ["line"] = line.Text(Words["field.results.line"]),
            ["no"] = line.Text(Words["field.results.no"]) is { Length: > 0 } no ? Number(no) : null,
            ["decision"] = line.Text(Words["field.results.decision"]),
            ["outcome"] = line.Text(Words["field.results.outcome"]),
            ["reason"] = line.Text(Words["field.results.outcomeReason"]) is { Length: > 0 } reason ? reason : null,
        });

    private bool IsSent(JObject mail) =>
        mail.Text(Words["comm.direction"]) == Words["comm.out"] && mail.Text(Words["comm.state"]) == Words["comm.sent"];

    private bool Counts(JObject finding) =>
        finding.Text(Words["finding.verdict"]) != Words["value.falsePositive"]
        && finding.Text(Words["finding.change"]) != Words["value.fixed"]
        && finding.Text(Words["finding.change"]) != Words["value.notExamined"];

    private JObject Severities(IEnumerable<JObject> findings)
    {
        var rated = findings.Select(finding => finding.Text(Words["finding.reRated"]) is { Length: > 0 } reRated ? reRated : finding.Text(Words["finding.severity"])).ToList();
        var counts = new JObject();
        foreach (var word in Words["severities"].Split(' ')) counts[word] = rated.Count(each => each == word);
        return counts;
    }

    private static JObject Counted(IEnumerable<string> names)
    {
        var counts = new JObject();
        foreach (var name in names.GroupBy(static name => name).OrderBy(static group => group.Key, StringComparer.Ordinal)) counts[name.Key] = name.Count();
        return counts;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
