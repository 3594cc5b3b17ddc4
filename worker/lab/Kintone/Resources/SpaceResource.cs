using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Spaces as far as apps need them: made, shown, their members. Threads, bodies and guests are not kept, and none is deleted.</summary>
/// <remarks>Source: kintone, "スペースの情報を取得する", "スペースを作成する(スペーステンプレートを使用)", "スペースのメンバーを取得する", "スペースのメンバーを更新する".</remarks>
internal sealed class SpaceResource : IResource
{
    private const string Path = "space.json";
    private const string MembersPath = "space/members.json";
    private const int MaxMembers = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("POST", "template/space.json", Add),
        new("GET", Path, call => Show(call, Visible(call))),
        new("GET", MembersPath, call => new JObject { ["members"] = new JArray(Visible(call).Members.Select(member => Show(call, member))) }),
        new("PUT", MembersPath, UpdateMembers),
    ];

    /// <summary>The space of an id.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public static SpaceDocument Find(Call call, long id) => call.Tenant.Spaces.Find(Keys.Of(id)) ?? throw Refusals.SpaceNotFound(id);

    /// <summary>Whether the caller administers a space.</summary>
    public static bool IsAdministrator(Call call, SpaceDocument space) => call.Caller.IsAdministrator || space.Members.Any(member => member.Admin && Covers(call, member));

    private static JObject Add(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        if (!call.Caller.IsAdministrator) throw Refusals.NoPermission();
        call.Parameters.Id("id");
        var name = call.Parameters.Text("name");
        var guest = call.Parameters.Flag("isGuest");
        var last = call.Tenant.Spaces.All.Select(space => space.Id).Concat(call.Tenant.Apps.All.Select(app => app.GuestSpace ?? 0)).DefaultIfEmpty(0).Max();
        var space = new SpaceDocument(
            last + 1, name, guest, guest || call.Parameters.Flag("isPrivate"), call.Parameters.Flag("fixedMember"), call.Caller.Code, Members(call));
        call.Transaction.Put(call.Tenant.Spaces, space);
        return new JObject { ["id"] = Wire.Number(space.Id) };
    }

    private static JObject UpdateMembers(Call call)
    {
        call.Transaction.Put(call.Tenant.Spaces, Administered(call) with { Members = Members(call) });
        return [];
    }

    private static IReadOnlyList<SpaceMember> Members(Call call)
    {
        var members = call.Parameters.Objects("members", MaxMembers).Select((given, index) => Member(call, given, $"members[{index}].entity")).ToList();
        return members.Exists(member => member.Admin) ? members : throw Refusals.Invalid("members", MessageId.Required);
    }

    private static SpaceMember Member(Call call, JObject given, string path)
    {
        var entity = given["entity"] as JObject ?? throw Refusals.Invalid(path, MessageId.Required);
        var (type, code) = ((string?)entity["type"] ?? "", (string?)entity["code"] ?? "");
        var known = type switch
        {
            "USER" => call.Tenant.Users.Find(code) is not null,
            "GROUP" => call.Tenant.Groups.Find(code) is not null,
            "ORGANIZATION" => call.Tenant.Organizations.Find(code) is not null,
            _ => throw Refusals.Invalid($"{path}.type", MessageId.UnknownChoice),
        };
        if (!known) throw Refusals.UnknownUser(code);
        return new SpaceMember(type, code, given["isAdmin"] is JValue { Value: true }, given["includeSubs"] is JValue { Value: true });
    }

    private static SpaceDocument Visible(Call call)
    {
        if (call.Caller.IsToken) throw Refusals.TokenLacksRight();
        var space = Find(call, call.Parameters.Id("id"));
        if (space.Guest != (call.GuestSpace == space.Id)) throw Refusals.NoPermission();
        var isVisible = !space.Private || call.Caller.IsAdministrator || space.Members.Any(member => Covers(call, member));
        return isVisible ? space : throw Refusals.NoPermission();
    }

    private static SpaceDocument Administered(Call call)
    {
        var space = Visible(call);
        return IsAdministrator(call, space) ? space : throw Refusals.NoPermission();
    }

    private static bool Covers(Call call, SpaceMember member) => member.Type switch
    {
        "USER" => member.Code == call.Caller.Code,
        "GROUP" => call.Caller.IsIn(member.Code),
        _ => call.Caller.IsInOrganization(member.Code),
    };

    private static IEnumerable<AppDocument> AppsOf(Call call, SpaceDocument space) =>
        call.Tenant.Apps.All.Where(app => (space.Guest ? app.GuestSpace : app.Space) == space.Id).OrderBy(app => app.Id);

    private static JObject Show(Call call, SpaceDocument space) => new()
    {
        ["id"] = Wire.Number(space.Id),
        ["name"] = space.Name,
        ["defaultThread"] = Wire.Number(space.Id),
        ["isPrivate"] = space.Private,
        ["creator"] = User(call, space.Creator),
        ["modifier"] = User(call, space.Creator),
        ["memberCount"] = Wire.Number(space.Members.Count),
        ["coverType"] = "PRESET",
        ["coverKey"] = "GREEN",
        ["coverUrl"] = "",
        ["body"] = JValue.CreateNull(),
        ["useMultiThread"] = false,
        ["isGuest"] = space.Guest,
        ["attachedApps"] = new JArray(AppsOf(call, space).Where(app => AppsResource.IsVisible(call, app)).Select(app => AppsResource.Show(call, app))),
        ["fixedMember"] = space.Fixed,
        ["showAnnouncement"] = true,
        ["showThreadList"] = true,
        ["showAppList"] = true,
        ["showMemberList"] = true,
        ["showRelatedLinkList"] = true,
        ["permissions"] = new JObject { ["createApp"] = "ADMIN" },
    };

    private static JObject Show(Call call, SpaceMember member) => new()
    {
        ["entity"] = new JObject { ["type"] = member.Type, ["code"] = member.Code },
        ["isAdmin"] = member.Admin,
        ["isImplicit"] = false,
        ["includeSubs"] = member.IncludeSubs,
    };

    private static JObject User(Call call, string code) => new() { ["code"] = code, ["name"] = call.Directory.UserName(code) };
}
