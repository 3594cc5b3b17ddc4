using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>The live app that a call is about, with the caller's rights in it.</summary>
internal sealed record AppScope(AppDocument App, AppModel Model, Access Access)
{
    /// <summary>Opens the live app of <paramref name="id"/> for the call.</summary>
    /// <exception cref="Refusal">There is no such app, it was never deployed, the token is not its, or the path does not fit its space.</exception>
    public static AppScope Open(Call call, long id)
    {
        var app = Find(call, id);
        if (app.Live is not { } live) throw Refusals.AppNotFound(id);
        var model = AppModel.Of(live);
        return new AppScope(app, model, new Access(call.Caller, app, model, call.Now));
    }

    /// <summary>The app of <paramref name="id"/>, live or not, for a caller who may manage it.</summary>
    /// <exception cref="Refusal">As <see cref="Open"/>, and when the caller may not manage the app.</exception>
    public static AppDocument OpenForSettings(Call call, long id)
    {
        var app = Find(call, id);
        var settings = app.Live ?? app.Preview;
        new Access(call.Caller, app, AppModel.Of(settings), call.Now).Demand(AppRights.Manage);
        return app;
    }

    private static AppDocument Find(Call call, long id)
    {
        var app = call.Tenant.App(id);
        if (call.Caller.IsToken && call.Caller.TokenRights(id) is null) throw Refusals.WrongToken();
        if (app.GuestSpace is not null && call.GuestSpace is null) throw new Refusal(400, "GAIA_IL23", MessageId.AppInGuestSpace);
        if (app.GuestSpace != call.GuestSpace) throw Refusals.NoPermission();
        return app;
    }

    /// <summary>The record of <paramref name="id"/>, if the caller may view it.</summary>
    /// <exception cref="Refusal">There is none, or the right is missing.</exception>
    public RecordDocument Record(Call call, long id)
    {
        var record = call.Tenant.Records.Find(Keys.Of(App.Id, id)) ?? throw RefusedOrMissing(id);
        Access.Demand(RecordRights.View, record);
        return record;
    }

    private Refusal RefusedOrMissing(long id)
    {
        Access.Demand(AppRights.View);
        return Refusals.RecordNotFound(id);
    }
}
