using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>How much each app is used: records, fields, requests of the day. For the tenant's administrators. Source: kintone, "アプリの利用状況を取得する".</summary>
internal sealed class AppStatisticsResource : IResource
{
    private const int MaxApps = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("GET", "apps/statistics.json", List)];

    private static JObject List(Call call)
    {
        if (!call.Caller.IsAdministrator) throw Refusals.NoPermission();
        var limit = call.Parameters.OptionalWhole("limit") ?? MaxApps;
        var offset = call.Parameters.OptionalWhole("offset") ?? 0;
        if (limit is < 1 or > MaxApps) throw Refusals.Invalid("limit", MessageId.OutOfRange, 1, MaxApps);
        if (offset is < 0 or > int.MaxValue) throw Refusals.Invalid("offset", MessageId.OutOfRange, 0, int.MaxValue);
        var apps = call.Tenant.Apps.All.OrderBy(app => app.Id).Skip((int)offset).Take((int)limit);
        return new JObject { ["apps"] = new JArray(apps.Select(app => Show(call, app))) };
    }

    private static JObject Show(Call call, AppDocument app)
    {
        var settings = app.Live ?? app.Preview;
        var records = call.Tenant.Records.Of(app.Key).ToList();
        return new JObject
        {
            ["id"] = Wire.Number(app.Id),
            ["name"] = settings.General["name"],
            ["space"] = app.GuestSpace is { } space ? new JObject { ["id"] = Wire.Number(space), ["name"] = "" } : JValue.CreateNull(),
            ["appGroup"] = "Public",
            ["status"] = Status(app),
            ["recordUpdatedAt"] = Wire.Instant(records.Select(record => record.UpdatedAt).Append(app.CreatedAt).Max()),
            ["recordCount"] = Wire.Number(records.Count),
            ["fieldCount"] = Wire.Number(AppModel.Of(settings).Form.All.Count),
            ["dailyRequestCount"] = Wire.Number(call.Parts.Requests.OnDay(app.Id, DateOnly.FromDateTime(call.Now.UtcDateTime))),
            ["storageUsage"] = Wire.Number(call.Tenant.Files.All.Where(file => file.App == app.Id).Sum(file => file.Size)),
            ["customized"] = settings.Extras["customize"]!.SelectTokens("$.*.*[*]").Any(),
            ["creator"] = User(call, app.Creator),
            ["createdAt"] = Wire.Instant(app.CreatedAt),
            ["modifier"] = User(call, app.Modifier),
            ["modifiedAt"] = Wire.Instant(app.ModifiedAt),
        };
    }

    private static string Status(AppDocument app)
    {
        if (app.Live is not { } live) return "NOT_ACTIVATED";
        return live.Revision == app.Preview.Revision ? "ACTIVATED" : "CHANGED";
    }

    private static JObject User(Call call, string code) => new() { ["code"] = code, ["name"] = call.Directory.UserName(code) };
}
