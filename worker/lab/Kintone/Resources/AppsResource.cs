using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>General information of one app or many. Only live apps in which the caller may do something are shown. Source: kintone, "1件のアプリの情報を取得する", "複数のアプリの情報を取得する".</summary>
internal sealed class AppsResource : IResource
{
    private const int MaxApps = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("GET", "app.json", Get), new("GET", "apps.json", List)];

    private static JObject Get(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("id"));
        if (scope.Access.App == AppRights.None) scope.Access.Demand(AppRights.View);
        return Show(call, scope.App);
    }

    private static JObject List(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        var ids = call.Parameters.Has("ids") ? call.Parameters.Ids("ids", MaxApps) : null;
        var codes = call.Parameters.Texts("codes", MaxApps);
        var name = call.Parameters.OptionalText("name") ?? "";
        var spaces = call.Parameters.Has("spaceIds") ? call.Parameters.Ids("spaceIds", MaxApps) : null;
        var limit = call.Parameters.OptionalWhole("limit") ?? MaxApps;
        var offset = call.Parameters.OptionalWhole("offset") ?? 0;
        if (limit is < 1 or > MaxApps) throw Refusals.Invalid("limit", MessageId.OutOfRange, 1, MaxApps);
        if (offset is < 0 or > int.MaxValue) throw Refusals.Invalid("offset", MessageId.OutOfRange, 0, int.MaxValue);

        var apps = call.Tenant.Apps.All
            .Where(app => IsVisible(call, app) && app.GuestSpace == call.GuestSpace)
            .Where(app => ids?.Contains(app.Id) ?? true)
            .Where(app => codes.Count == 0 || codes.Contains(app.Code))
            .Where(app => spaces is null || ((app.Space ?? app.GuestSpace) is { } space && spaces.Contains(space)))
            .Where(app => Name(app).Contains(name, StringComparison.OrdinalIgnoreCase))
            .OrderBy(app => app.Id)
            .Skip((int)offset)
            .Take((int)limit);
        return new JObject { ["apps"] = new JArray(apps.Select(app => Show(call, app))) };
    }

    /// <summary>Whether the caller may do something in the app, and it is live.</summary>
    internal static bool IsVisible(Call call, AppDocument app) =>
        app.Live is { } live && new Access(call.Caller, app, AppModel.Of(live), call.Now).App != AppRights.None;

    private static string Name(AppDocument app) => (string)app.Live!.General["name"]!;

    /// <summary>An app as the lists of apps show it.</summary>
    internal static JObject Show(Call call, AppDocument app) => new()
    {
        ["appId"] = Wire.Number(app.Id),
        ["code"] = app.Code,
        ["name"] = Name(app),
        ["description"] = app.Live!.General["description"],
        ["spaceId"] = (app.Space ?? app.GuestSpace) is { } space ? Wire.Number(space) : JValue.CreateNull(),
        ["threadId"] = (app.Space ?? app.GuestSpace) is { } thread ? Wire.Number(thread) : JValue.CreateNull(),
        ["createdAt"] = Wire.Instant(app.CreatedAt),
        ["creator"] = User(call, app.Creator),
        ["modifiedAt"] = Wire.Instant(app.ModifiedAt),
        ["modifier"] = User(call, app.Modifier),
    };

    private static JObject User(Call call, string code) => new() { ["code"] = code, ["name"] = call.Directory.UserName(code) };
}
