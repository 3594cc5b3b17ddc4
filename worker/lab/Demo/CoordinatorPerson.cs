using System.Globalization;
using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Demo.RecordReading;

namespace VulnDiag.Lab.Demo;

/// <summary>The coordinator: opens the records, holds meetings, defers, cancels, names analyst and approver.</summary>
internal sealed class CoordinatorPerson(DemoStage stage) : IPerson
{
    /// <summary>Login names of the demo's staff.</summary>
    internal const string Login = "coordinator", Analyst = "analyst", Approver = "approver";

    private readonly KintoneUser _user = stage.SignIn(Login);

    private DemoWords Words => stage.Words;

    /// <summary>Opens one record per hospital that has none yet, in the order of the scenario.</summary>
    internal async Task OpenRecordsAsync(CancellationToken cancellationToken)
    {
        var records = await _user.QueryAsync(stage.EngagementApp, "order by $id asc limit 500", cancellationToken);
        var known = records.SelectMany(record => record.Users(Words["field.hospitalUser"])).ToHashSet(StringComparer.Ordinal);
        foreach (var hospital in stage.Scenario.Hospitals.Where(hospital => !known.Contains(hospital.User)))
        {
            await _user.AddAsync(stage.EngagementApp, new JObject
            {
                [Words["field.hospitalUser"]] = UserValue(hospital.User),
                [Words["field.hospitalName"]] = Value(hospital.Hearing[Words["field.hospitalName"]]!.DeepClone()),
            }, cancellationToken);
        }

        await ListVendorsAsync(cancellationToken);
    }

    /// <summary>Vendors who want one mail a day stand in the ledger.</summary>
    private async Task ListVendorsAsync(CancellationToken cancellationToken)
    {
        var listed = (await _user.QueryAsync(stage.VendorApp, "limit 500", cancellationToken)).Select(row => row.Text(Words["vendor.mail"])).ToHashSet(StringComparer.Ordinal);
        foreach (var vendor in stage.Scenario.Vendors.Where(vendor => vendor.Digest && !listed.Contains(vendor.Mail)))
            await _user.AddAsync(stage.VendorApp, new JObject { [Words["vendor.mail"]] = Value(vendor.Mail), [Words["vendor.digest"]] = Value(Words["vendor.digest.yes"]) }, cancellationToken);
    }

    /// <summary>How each engagement stands.</summary>
    internal async Task<IReadOnlyList<DemoStanding>> StandingsAsync(CancellationToken cancellationToken) =>
        [.. (await _user.QueryAsync(stage.EngagementApp, "order by $id asc limit 500", cancellationToken)).Select(StandingOf)];

    private DemoStanding StandingOf(JObject record)
    {
        var state = record.Text(Words["field.state"]);
        var over = state == Words["state.done"] || state == Words["state.cancelled"] || state == Words["state.outOfScope"];
        var closes = state == Words["state.scanning"] && HospitalOf(record).CloseWindowMidScan is not null && IsWellUnderWay(record);
        return new DemoStanding(long.Parse(record.Id(), CultureInfo.InvariantCulture), record.Text(Words["field.hospitalName"]), long.Parse(record.Revision(), CultureInfo.InvariantCulture), state, over, closes);
    }

    private HospitalScript HospitalOf(JObject record) =>
        stage.Scenario.Hospitals.Single(hospital => record.Users(Words["field.hospitalUser"]).Contains(hospital.User));

    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var record in await _user.QueryAsync(stage.EngagementApp, "order by $id asc limit 500", cancellationToken))
        {
            acted |= await ActAsync(record, HospitalOf(record), cancellationToken);
        }

        return acted;
    }

    public void Dispose() => _user.Dispose();

    private Task<bool> ActAsync(JObject record, HospitalScript hospital, CancellationToken cancellationToken)
    {
        var state = record.Text(Words["field.state"]);
        if (state == Words["state.meeting"]) return MeetAsync(record, hospital, cancellationToken);
        if (state == Words["state.vendors"] && IsLate(record)) return DeferAsync(record, hospital.DeferWhenLate, cancellationToken);
        if (state == Words["state.scanning"] && hospital.CancelWhenScanning is not null && IsWellUnderWay(record)) return CancelAsync(record, hospital.CancelWhenScanning, cancellationToken);
        if (state == Words["state.suspended"] && hospital.FinishWhenSuspended) return _user.PressAsync(stage.EngagementApp, record, Words["press.finish"], cancellationToken);
        if (state == Words["state.analysis"] && record.Users(Words["field.analyst"]).Count == 0) return AssignAsync(record, hospital.SameApproverFirst ? Analyst : Approver, cancellationToken);
        if (state == Words["state.review"] && record.Text(Words["field.sentBack"]).Length > 0 && record.Users(Words["field.approver"]).Contains(Analyst)) return AssignAsync(record, Approver, cancellationToken);
        return Task.FromResult(false);
    }

    private Task<bool> AssignAsync(JObject record, string approver, CancellationToken cancellationToken) =>
        _user.UpdateAsync(stage.EngagementApp, record, new JObject
        {
            [Words["field.analyst"]] = UserValue(Analyst),
            [Words["field.approver"]] = UserValue(approver),
        }, cancellationToken);

    private async Task<bool> MeetAsync(JObject record, HospitalScript hospital, CancellationToken cancellationToken)
    {
        var results = record.Rows(Words["field.results"]);
        var lines = record.Rows(Words["field.lines"]);
        var changed = false;
        foreach (var (line, outcome) in hospital.Meeting)
        {
            var row = results.FirstOrDefault(row => row.Cells().Text(Words["field.results.line"]) == line)?.Cells();
            if (row is null || row.Text(Words["field.results.meeting"]).Length > 0 || IsDeferred(row)) continue;
            changed = true;
            if ((string?)outcome!["defer"] is { } reason) SetDeferred(row, reason);
            row[Words["field.results.meeting"]] = Value((string?)outcome["outcome"] ?? "");
            row[Words["field.results.memo"]] = Value((string?)outcome["memo"] ?? "");
            if (outcome["correct"] is not JObject correction) continue;
            var answers = lines.Single(each => each.Cells().Text(Words["field.lineId"]) == line).Cells();
            foreach (var (field, value) in correction) answers[field] = Value(value!.DeepClone());
        }

        if (!changed) return false;
        return await _user.UpdateAsync(stage.EngagementApp, record, new JObject
        {
            [Words["field.results"]] = Value(new JArray(results)),
            [Words["field.lines"]] = Value(new JArray(lines)),
        }, cancellationToken);
    }

    private async Task<bool> DeferAsync(JObject record, JObject reasons, CancellationToken cancellationToken)
    {
        var results = record.Rows(Words["field.results"]);
        var waiting = results.Select(row => row.Cells())
            .Where(row => reasons[row.Text(Words["field.results.line"])] is not null && !IsDeferred(row)).ToList();
        if (waiting.Count == 0) return false;
        foreach (var row in waiting) SetDeferred(row, (string)reasons[row.Text(Words["field.results.line"])]!);
        return await _user.UpdateAsync(stage.EngagementApp, record, new JObject { [Words["field.results"]] = Value(new JArray(results)) }, cancellationToken);
    }

    private async Task<bool> CancelAsync(JObject record, string reason, CancellationToken cancellationToken)
    {
        if (record.Text(Words["field.stopReason"]).Length == 0)
            return await _user.UpdateAsync(stage.EngagementApp, record, new JObject { [Words["field.stopReason"]] = Value(reason) }, cancellationToken);
        return await _user.PressAsync(stage.EngagementApp, record, Words["press.cancel"], cancellationToken);
    }

    private bool IsLate(JObject record) =>
        DateTimeOffset.TryParse(record.Text(Words["field.deadline"]), CultureInfo.InvariantCulture, out var deadline) && stage.Now > deadline;

    /// <summary>The scan runs and has done so for a while: whoever acts now acts in its midst.</summary>
    private bool IsWellUnderWay(JObject record) =>
        IsRunning(record)
        && DateTimeOffset.TryParse(record.Text(Words["field.stateSince"]), CultureInfo.InvariantCulture, out var since)
        && stage.Now - since >= DemoStage.InTheMidst;

    private bool IsRunning(JObject record) =>
        record.Rows(Words["field.results"]).Any(row => row.Cells().Text(Words["field.results.outcome"]) == Words["value.running"]);

    private bool IsDeferred(JObject row) => row[Words["field.results.defer"]]?["value"] is JArray { Count: > 0 };

    private void SetDeferred(JObject row, string reason)
    {
        row[Words["field.results.defer"]] = Value(new JArray(Words["value.deferred"]));
        row[Words["field.results.deferReason"]] = Value(reason);
    }
}
