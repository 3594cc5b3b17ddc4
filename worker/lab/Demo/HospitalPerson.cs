using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Demo.RecordReading;

namespace VulnDiag.Lab.Demo;

/// <summary>The hospital: answers, mends its answers, confirms addresses on the day, downloads the report. It knows nothing but its own record.</summary>
internal sealed class HospitalPerson(DemoStage stage, HospitalScript script) : IPerson
{
    private readonly KintoneUser _user = stage.SignIn(script.User);

    private DemoWords Words => stage.Words;

    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var record in await _user.QueryAsync(stage.EngagementApp, "", cancellationToken))
            acted |= await ActAsync(record, cancellationToken);
        return acted;
    }

    public void Dispose() => _user.Dispose();

    private Task<bool> ActAsync(JObject record, CancellationToken cancellationToken)
    {
        var state = record.Text(Words["field.state"]);
        if (state == Words["state.open"]) return AnswerAsync(record, script.Hearing, "press.submit", cancellationToken);
        if (state == Words["state.incomplete"] && script.Correction is not null) return AnswerAsync(record, script.Correction, "press.resubmit", cancellationToken);
        if (state == Words["state.sameDay"]) return ConfirmAsync(record, cancellationToken);
        if (state == Words["state.reported"]) return ReceiveAsync(record, cancellationToken);
        return Task.FromResult(false);
    }

    private async Task<bool> AnswerAsync(JObject record, JObject answers, string press, CancellationToken cancellationToken)
    {
        if (!await _user.UpdateAsync(stage.EngagementApp, record, ToRecord(answers), cancellationToken)) return true;
        var again = await _user.QueryAsync(stage.EngagementApp, $"$id = {record.Id()}", cancellationToken);
        await _user.PressAsync(stage.EngagementApp, again[0], Words[press], cancellationToken);
        return true;
    }

    private async Task<bool> ConfirmAsync(JObject record, CancellationToken cancellationToken)
    {
        var rows = record.Rows(Words["field.sameDay"]);
        var known = rows.Select(row => row.Cells()).Where(IsFresh).Select(row => row.Text(Words["field.sameDay.line"])).ToHashSet(StringComparer.Ordinal);
        var missing = script.SameDay.Properties().Where(line => !known.Contains(line.Name)).ToList();
        if (missing.Count == 0) return false;
        var table = new JArray(rows.Concat(missing.Select(line => Row(line.Name, (string)line.Value!))));
        return await _user.UpdateAsync(stage.EngagementApp, record, new JObject { [Words["field.sameDay"]] = Value(table) }, cancellationToken);
    }

    private bool IsFresh(JObject row) =>
        DateTimeOffset.TryParse(row.Text(Words["field.sameDay.at"]), System.Globalization.CultureInfo.InvariantCulture, out var at)
        && stage.Now - at < TimeSpan.FromHours(20);

    private JObject Row(string line, string address) => new()
    {
        ["value"] = new JObject
        {
            [Words["field.sameDay.line"]] = Value(line),
            [Words["field.sameDay.address"]] = Value(address),
            [Words["field.sameDay.at"]] = Value(Utc(stage.Now)),
            [Words["field.sameDay.by"]] = Value(Words["value.contact"]),
        },
    };

    private async Task<bool> ReceiveAsync(JObject record, CancellationToken cancellationToken)
    {
        var files = record.Files(Words["field.report"]);
        if (files.Count == 0) return false;
        var folder = Path.Combine(stage.ReportRoot, record.Id());
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var bytes = await _user.DownloadAsync((string)file["fileKey"]!, cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder, Path.GetFileName((string)file["name"]!)), bytes, cancellationToken);
        }

        if (record.Text(Words["field.receipt"]).Length > 0) return false;
        return await _user.UpdateAsync(stage.EngagementApp, record, new JObject { [Words["field.receipt"]] = Value(Utc(stage.Now)) }, cancellationToken);
    }
}
