using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Moves an app into a space, or out of the one it is in. A guest space's apps stay where they are. Source: kintone, "アプリの所属スペースを変更する".</summary>
internal sealed class MoveAppResource : IResource
{
    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("POST", "app/move.json", Move)];

    private static JObject Move(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        var app = AppScope.OpenForSettings(call, call.Parameters.Id("app"));
        var space = call.Parameters.OptionalWhole("space") is { } id ? SpaceResource.Find(call, id) : null;
        if (app.GuestSpace is not null || space is { Guest: true }) throw Refusals.Invalid("space", MessageId.UnknownChoice);
        if (space is not null && !SpaceResource.IsAdministrator(call, space)) throw Refusals.NoPermission();
        call.Transaction.Put(call.Tenant.Apps, app with { Space = space?.Id });
        return [];
    }
}
