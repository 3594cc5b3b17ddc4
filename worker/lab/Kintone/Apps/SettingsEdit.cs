using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Reads and changes app settings: rights, revision, deployment under way and the counter are the same for every part.</summary>
internal static class SettingsEdit
{
    /// <summary>The preview settings, for whoever may manage the app.</summary>
    /// <exception cref="Refusal">The right is missing, or there is no such app.</exception>
    public static AppSettings Preview(Call call)
    {
        CheckLanguage(call);
        return AppScope.OpenForSettings(call, AppId(call)).Preview;
    }

    /// <summary>The live settings, for whoever may view or add records, or manage the app.</summary>
    /// <exception cref="Refusal">The right is missing, or there is no such live app.</exception>
    public static AppSettings Live(Call call)
    {
        CheckLanguage(call);
        var scope = AppScope.Open(call, AppId(call));
        if (scope.Access.App == Rights.AppRights.None) scope.Access.Demand(Rights.AppRights.View);
        return scope.App.Live!;
    }

    /// <summary>The live settings, for whoever may manage the app.</summary>
    /// <exception cref="Refusal">The right is missing, or there is no such live app.</exception>
    public static AppSettings LiveForManagers(Call call)
    {
        var app = AppScope.OpenForSettings(call, AppId(call));
        return app.Live ?? throw Refusals.AppNotFound(app.Id);
    }

    /// <summary>Changes the preview settings and counts their revision up.</summary>
    /// <returns>The answer: the new revision.</returns>
    /// <exception cref="Refusal">The right is missing, the revision is old, a deployment is under way, or the change is at fault.</exception>
    public static JObject Change(Call call, Func<AppSettings, AppSettings> change) =>
        new() { ["revision"] = Wire.Number(Apply(call, change).Preview.Revision) };

    /// <summary>Changes the preview settings and deploys them at once, with everything else that waits there: what writing an access list on the live path does.</summary>
    /// <returns>The answer: the new revision.</returns>
    /// <exception cref="Refusal">As <see cref="Change"/>.</exception>
    public static JObject ChangeAndDeploy(Call call, Func<AppSettings, AppSettings> change)
    {
        var app = Apply(call, change) with { Modifier = call.Caller.Code, ModifiedAt = call.Now };
        Deployments.Check(app.Preview, call.Now);
        var deployed = Deployments.Apply(call.Tenant, call.Transaction, app);
        return new JObject { ["revision"] = Wire.Number(deployed.Preview.Revision) };
    }

    /// <summary>The app's id, under the name <c>id</c> or <c>app</c>; the access lists accept both.</summary>
    public static long AppId(Call call) => call.Parameters.Has("app") ? call.Parameters.Id("app") : call.Parameters.OptionalWhole("id") ?? call.Parameters.Id("app");

    /// <summary>Names are the same in all languages here, but a language that kintone does not know is refused.</summary>
    private static void CheckLanguage(Call call)
    {
        if (call.Parameters.OptionalText("lang") is not (null or "" or "default" or "user" or "ja" or "en" or "zh")) throw Refusals.Invalid("lang", MessageId.UnknownChoice);
    }

    private static AppDocument Apply(Call call, Func<AppSettings, AppSettings> change)
    {
        var app = AppScope.OpenForSettings(call, AppId(call));
        if (app.Deployment == DeploymentState.Processing) throw Refusals.DatabaseLocked();
        CheckRevision(app, call.Parameters.OptionalWhole("revision"));
        var changed = change(app.Preview) with { Revision = app.Preview.Revision + 1 };
        var edited = app with { Preview = changed };
        call.Transaction.Put(call.Tenant.Apps, edited);
        return edited;
    }

    /// <summary>Refuses a revision that is not the preview's; none and -1 are not checked.</summary>
    /// <exception cref="Refusal">GAIA_CO03.</exception>
    public static void CheckRevision(AppDocument app, long? revision)
    {
        if (revision is { } expected and not -1 && expected != app.Preview.Revision) throw Refusals.StaleSettings();
    }
}
