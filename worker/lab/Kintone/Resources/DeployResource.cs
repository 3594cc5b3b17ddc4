using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Deploys preview settings, or throws them away. Source: kintone, "アプリの設定を運用環境へ反映する", "…反映状況を確認する".</summary>
internal sealed class DeployResource : IResource
{
    private const string Path = "preview/app/deploy.json";
    private const int MaxApps = 300;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("POST", Path, Deploy), new("GET", Path, Status)];

    private static JObject Deploy(Call call)
    {
        var revert = call.Parameters.Flag("revert");
        var entries = call.Parameters.Objects("apps", MaxApps);
        if (entries.Count == 0) throw Refusals.Invalid("apps", MessageId.OutOfRange, 1, MaxApps);
        foreach (var entry in entries.Select(entry => new Parameters(entry)))
        {
            var app = AppScope.OpenForSettings(call, entry.Id("app"));
            if (app.Deployment == DeploymentState.Processing) throw Refusals.DatabaseLocked();
            SettingsEdit.CheckRevision(app, entry.OptionalWhole("revision"));
            if (revert) Revert(call, app);
            else call.Parts.Deployments.Start(call.Tenant, call.Transaction, app, call.Caller.Code, call.Now);
        }

        return [];
    }

    private static void Revert(Call call, AppDocument app)
    {
        if (app.Live is not { } live) throw Refusals.AppNotFound(app.Id);
        call.Transaction.Put(call.Tenant.Apps, app with { Preview = live });
    }

    private static JObject Status(Call call)
    {
        var states = call.Parameters.Ids("apps", MaxApps).Select(id =>
        {
            var app = AppScope.OpenForSettings(call, id);
            return new JObject { ["app"] = Wire.Number(id), ["status"] = app.Deployment == DeploymentState.Processing ? "PROCESSING" : "SUCCESS" };
        });
        return new JObject { ["apps"] = new JArray(states) };
    }
}
