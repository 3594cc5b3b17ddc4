using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Demo.RecordReading;

namespace VulnDiag.Lab.Demo;

/// <summary>The analyst: decides each finding, writes the summary, ends the analysis.</summary>
internal sealed class AnalystPerson(DemoStage stage) : IPerson
{
    private readonly KintoneUser _user = stage.SignIn(CoordinatorPerson.Analyst);

    private DemoWords Words => stage.Words;

    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var record in await _user.QueryAsync(stage.EngagementApp, "order by $id asc limit 500", cancellationToken))
        {
            var state = record.Text(Words["field.state"]);
            var mine = record.Users(Words["field.analyst"]).Contains(_user.Name);
            if (mine && state == Words["state.analysis"] && FindingsAreIn(record)) acted |= await AnalyseAsync(record, cancellationToken);
            if (mine && state == Words["state.review"] && record.Users(Words["field.approver"]).Contains(_user.Name)) acted |= await ApproveOwnAsync(record, cancellationToken);
        }

        return acted;
    }

    public void Dispose() => _user.Dispose();

    private bool FindingsAreIn(JObject record) =>
        record.Files(Words["field.resultFiles"]).Count == 0 || record.Text(Words["field.findingsHash"]).Length > 0;

    private async Task<bool> AnalyseAsync(JObject record, CancellationToken cancellationToken)
    {
        var findings = await _user.QueryAsync(stage.FindingApp, $"{Words["finding.engagement"]} = {record.Id()} order by $id asc limit 500", cancellationToken);
        var open = findings.Where(finding => finding.Text(Words["finding.verdict"]) == Words["value.open"]).ToList();
        foreach (var finding in open)
        {
            await _user.UpdateAsync(stage.FindingApp, finding, new JObject
            {
                [Words["finding.verdict"]] = Value(Words["value.confirmed"]),
                [Words["finding.verdictReason"]] = Value(Words["finding.reason"]),
                [Words["finding.by"]] = UserValue(_user.Name),
            }, cancellationToken);
        }

        if (open.Count > 0) return true;
        if (record.Text(Words["field.summary"]).Length == 0)
        {
            var scanned = record.Files(Words["field.resultFiles"]).Count > 0;
            var summary = !scanned ? "summary.none" : findings.Count > 0 ? "summary.found" : "summary.clean";
            return await _user.UpdateAsync(stage.EngagementApp, record, new JObject { [Words["field.summary"]] = Value(Words[summary]) }, cancellationToken);
        }

        return await _user.PressAsync(stage.EngagementApp, record, Words["press.reviewed"], cancellationToken);
    }

    /// <summary>Named as approver too, this analyst tries to approve the report that it reviewed itself, once.</summary>
    private async Task<bool> ApproveOwnAsync(JObject record, CancellationToken cancellationToken) =>
        record.Files(Words["field.draft"]).Count > 0
        && record.Text(Words["field.sentBack"]).Length == 0
        && await _user.PressAsync(stage.EngagementApp, record, Words["press.approve"], cancellationToken);
}
