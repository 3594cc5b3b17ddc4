using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Kintone.Webhooks;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Comments on a record: add, read, delete. Whoever may view the record may do so. Source: kintone, "レコードのコメントを取得する" and its neighbours.</summary>
internal sealed class CommentsResource : IResource
{
    private const int MaxPage = 10;
    private const int MaxMentions = 10;
    private const int MaxText = 65_535;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
        [new("GET", "record/comments.json", List), new("POST", "record/comment.json", Add), new("DELETE", "record/comment.json", Delete)];

    private static JObject List(Call call)
    {
        var record = Open(call, out _);
        var offset = call.Parameters.OptionalWhole("offset") ?? 0;
        var limit = call.Parameters.OptionalWhole("limit") ?? MaxPage;
        if (limit is < 0 or > MaxPage) throw Refusals.Invalid("limit", MessageId.TooLarge, MaxPage);
        if (offset < 0) throw Refusals.Invalid("offset", MessageId.TooSmall, 0);
        var ascending = Ascending(call.Parameters.OptionalText("order"));

        var all = call.Tenant.Comments.Of(record.Key).ToList();
        if (!ascending) all.Reverse();
        var page = all.Skip((int)Math.Min(offset, int.MaxValue)).Take((int)limit).ToList();
        var before = offset > 0 && all.Count > 0;
        var after = offset + limit < all.Count;
        return new JObject
        {
            ["comments"] = new JArray(page.Select(comment => Show(comment, call.Directory))),
            ["older"] = ascending ? before : after,
            ["newer"] = ascending ? after : before,
        };
    }

    private static JObject Add(Call call)
    {
        var record = Open(call, out var scope);
        var comment = new Parameters(call.Parameters.Object("comment"));
        var mentions = comment.Has("mentions") ? comment.Objects("mentions", MaxMentions) : [];
        var text = comment.OptionalText("text") ?? "";
        if (text.Length == 0 && mentions.Count == 0) throw Refusals.Invalid("comment.text", MessageId.Required);
        if (text.Length > MaxText) throw Refusals.Invalid("comment.text", MessageId.TooLong, MaxText + 1);
        foreach (var mention in mentions) DemandKnown(call, mention);

        var added = new CommentDocument(
            record.App, record.Id, record.LastComment + 1, Compose(text, mentions, call.Directory), new JArray(mentions.Select(Clean)), call.Caller.Code, call.Now);
        call.Transaction.Put(call.Tenant.Comments, added);
        call.Transaction.Put(call.Tenant.Records, record with { LastComment = added.Id });
        Announcement.OfComment(call, scope, record.Id, Show(added, call.Directory));
        return new JObject { ["id"] = Wire.Number(added.Id) };
    }

    private static JObject Delete(Call call)
    {
        var record = Open(call, out var scope);
        var id = call.Parameters.Id("comment");
        var comment = call.Tenant.Comments.Find(Keys.Of(record.App, record.Id, id)) ?? throw Refusals.CommentNotFound();
        if (!MayDelete(call, scope, comment)) throw Refusals.NoPermission();
        call.Transaction.Remove(call.Tenant.Comments, comment);
        return [];
    }

    /// <summary>Whether the caller, who may view the record, may delete a comment on it.</summary>
    public static bool MayDelete(Call call, AppScope scope, CommentDocument comment) =>
        comment.Creator == call.Caller.Code || scope.Access.App.HasFlag(AppRights.Manage);

    private static RecordDocument Open(Call call, out AppScope scope)
    {
        scope = AppScope.Open(call, call.Parameters.Id("app"));
        return scope.Record(call, call.Parameters.Id("record"));
    }

    private static bool Ascending(string? order) => order?.ToUpperInvariant() switch
    {
        null or "" or "DESC" => false,
        "ASC" => true,
        _ => throw Refusals.Invalid("order", MessageId.UnknownChoice),
    };

    private static void DemandKnown(Call call, JObject mention)
    {
        var code = (string?)mention["code"] ?? "";
        var known = (string?)mention["type"] switch
        {
            "USER" => call.Tenant.Users.Find(code) is not null,
            "GROUP" => call.Tenant.Groups.Find(code) is not null,
            "ORGANIZATION" => call.Tenant.Organizations.Find(code) is not null,
            _ => false,
        };
        if (!known) throw Refusals.UnknownUser(code);
    }

    /// <summary>The text as it is read back: mentioned names first, and a space at the end.</summary>
    private static string Compose(string text, IReadOnlyList<JObject> mentions, IDirectory directory)
    {
        var names = mentions.Select(mention => Name((string?)mention["type"], (string)mention["code"]!, directory));
        var prefix = string.Concat(names.Select(name => name + " "));
        return $"{prefix}{(prefix.Length > 0 ? "\n" : "")}{text} ";
    }

    private static string Name(string? type, string code, IDirectory directory) => type switch
    {
        "GROUP" => directory.GroupName(code),
        "ORGANIZATION" => directory.OrganizationName(code),
        _ => directory.UserName(code),
    };

    private static JObject Clean(JObject mention) => new() { ["code"] = mention["code"], ["type"] = mention["type"] };

    private static JObject Show(CommentDocument comment, IDirectory directory) => new()
    {
        ["id"] = Wire.Number(comment.Id),
        ["text"] = comment.Text,
        ["createdAt"] = Wire.Instant(comment.CreatedAt),
        ["creator"] = new JObject { ["code"] = comment.Creator, ["name"] = directory.UserName(comment.Creator) },
        ["mentions"] = comment.Mentions,
    };
}
