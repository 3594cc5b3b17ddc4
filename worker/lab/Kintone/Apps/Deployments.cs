using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Process;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Deployments under way. They take a moment, as in kintone, and are carried out by the first request that finds them due; one that a crash interrupted is due at once.</summary>
internal sealed class Deployments(TimeSpan duration)
{
    // Deployment takes real time, whatever clock the tenant shows.
    private readonly TimeProvider _real = TimeProvider.System;
    private readonly Dictionary<long, long> _started = [];

    /// <summary>Starts deploying the app's preview settings.</summary>
    /// <exception cref="Refusal">The settings do not fit together.</exception>
    public void Start(Tenant tenant, Transaction transaction, AppDocument app, string userCode, DateTimeOffset now)
    {
        Check(app.Preview, now);
        _started[app.Id] = _real.GetTimestamp();
        transaction.Put(tenant.Apps, app with { Deployment = DeploymentState.Processing, Modifier = userCode, ModifiedAt = now });
    }

    /// <summary>Carries out what is due.</summary>
    public void FinishDue(Tenant tenant, Transaction transaction)
    {
        foreach (var app in tenant.Apps.All.Where(IsDue).ToList()) Apply(tenant, transaction, app);
    }

    /// <summary>Refuses settings whose conditions name a field that the form no longer has: live, they would refuse every request.</summary>
    /// <exception cref="Refusal">GAIA_IQ11 or its like.</exception>
    public static void Check(AppSettings settings, DateTimeOffset now)
    {
        var model = AppModel.Of(settings);
        var binder = QueryBinder.ForSettings(model.Form, now);
        foreach (var rule in model.Rules.Records) binder.Bind(rule.Condition);
        foreach (var action in model.Process?.Actions ?? []) binder.Bind(action.Condition);
    }

    /// <summary>Makes the preview settings the live ones, and brings the records along: renamed fields keep their values, deleted ones lose them.</summary>
    public static AppDocument Apply(Tenant tenant, Transaction transaction, AppDocument app)
    {
        var none = new Dictionary<string, string>();
        var noOptions = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var settings = app.Preview with { Renames = none, StateRenames = none, OptionRenames = noOptions };
        var deployed = app with { Live = settings, Preview = settings, Deployment = DeploymentState.Success };
        transaction.Put(tenant.Apps, deployed);
        tenant.Records.ForgetIndexes(app.Id);
        if (app.Live is { } before && !ReferenceEquals(before.Fields, settings.Fields)) MoveValues(tenant, transaction, app, settings);
        if (AppModel.Of(settings).Process is { } process) MoveStates(tenant, transaction, app, process);
        return deployed;
    }

    private bool IsDue(AppDocument app) =>
        app.Deployment == DeploymentState.Processing
        && (!_started.TryGetValue(app.Id, out var started) || _real.GetElapsedTime(started) >= duration);

    /// <summary>Every record has a status of the new settings: a renamed one under its new name, a deleted or missing one becomes the first.</summary>
    private static void MoveStates(Tenant tenant, Transaction transaction, AppDocument app, ProcessModel process)
    {
        foreach (var record in tenant.Records.Of(app.Key).ToList())
        {
            var renamed = record.Status is { } status ? app.Preview.StateRenames.GetValueOrDefault(status, status) : null;
            var now = process.State(renamed).Name;
            if (now != record.Status) transaction.Put(tenant.Records, record with { Status = now });
        }
    }

    private static void MoveValues(Tenant tenant, Transaction transaction, AppDocument app, AppSettings settings)
    {
        var form = AppModel.Of(settings).Form;
        foreach (var record in tenant.Records.Of(app.Key).ToList())
        {
            var values = new JObject();
            foreach (var (code, value) in record.Values)
            {
                var now = app.Preview.Renames.GetValueOrDefault(code, code);
                if (form.TryGet(now, out var field) && field.Table is null) values[now] = field.Columns.Count == 0 ? Relabelled(app, code, value) : MoveColumns(app, field, value);
            }

            if (!JToken.DeepEquals(values, record.Values)) transaction.Put(tenant.Records, record with { Values = values });
        }
    }

    private static JToken? Relabelled(AppDocument app, string code, JToken? value) =>
        value is null ? null : DraftRenames.Relabelled(app.Preview.OptionRenames.GetValueOrDefault(code), value);

    private static JArray MoveColumns(AppDocument app, Forms.Field table, JToken? rows) =>
        new((rows as JArray ?? []).Select(row =>
        {
            var cells = ((JObject)row["value"]!).Properties()
                .Select(cell => new JProperty(app.Preview.Renames.GetValueOrDefault(cell.Name, cell.Name), Relabelled(app, cell.Name, cell.Value)))
                .Where(cell => table.Columns.Any(column => column.Code == cell.Name));
            return new JObject { ["id"] = row["id"], ["value"] = new JObject(cells) };
        }));
}
