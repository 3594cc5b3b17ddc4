using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Makes a preview app. Its id is final; nothing is live until it is deployed. Source: kintone, "アプリを追加する".</summary>
internal sealed class PreviewAppResource : IResource
{
    private const int MaxName = 64;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("POST", "preview/app.json", Add)];

    private static JObject Add(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        if (!call.Caller.IsAdministrator) throw Refusals.NoPermission();
        var name = call.Parameters.Text("name");
        if (name.Length > MaxName) throw Refusals.Invalid("name", MessageId.TooLong, MaxName + 1);

        var space = call.Parameters.OptionalWhole("space") is { } given ? SpaceResource.Find(call, given) : null;
        if (space is not null && space.Guest != (call.GuestSpace == space.Id)) throw Refusals.NoPermission();
        var id = call.Tenant.Apps.All.Select(app => app.Id).DefaultIfEmpty(0).Max() + 1;
        var creator = call.Caller.Code;
        var app = new AppDocument(id, "", call.GuestSpace, creator, call.Now, creator, call.Now, null, NewApp.Settings(name), DeploymentState.Success)
        {
            Space = space is { Guest: false } ? space.Id : null,
        };
        call.Transaction.Put(call.Tenant.Apps, app);
        return new JObject { ["app"] = Wire.Number(id), ["revision"] = Wire.Number(app.Preview.Revision) };
    }
}
