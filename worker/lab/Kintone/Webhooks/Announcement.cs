using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Webhooks;

/// <summary>What happened to one record, told to the app's webhooks once it is kept. A bulk request and the calls for many records tell nothing. Source: kintone help, "Webhookの通知内容".</summary>
internal static class Announcement
{
    /// <summary>A record was added or changed, or its status was.</summary>
    public static void OfRecord(Call call, AppScope scope, RecordDocument record, WebhookEvents kind) => Announce(call, scope, kind, () =>
    {
        // A webhook is the app's, not the user's: it tells all fields.
        var everything = new Access(Caller.Of(new Dictionary<long, ApiTokenRights> { [scope.App.Id] = ApiTokenRights.View }), scope.App, scope.Model, call.Now);
        return new JObject
        {
            ["record"] = new RecordView(scope.App, scope.Model, everything, call.Directory).Show(record, []),
            ["recordTitle"] = TitleOf(scope, record),
            ["url"] = UrlOf(call, scope, record.Id),
        };
    });

    /// <summary>A comment was written.</summary>
    public static void OfComment(Call call, AppScope scope, long record, JObject comment) => Announce(call, scope, WebhookEvents.Comment, () => new JObject
    {
        ["comment"] = comment,
        ["recordId"] = Wire.Number(record),
        ["url"] = $"{UrlOf(call, scope, record)}&comment={comment["id"]}",
    });

    private static void Announce(Call call, AppScope scope, WebhookEvents kind, Func<JObject> what)
    {
        if (call.InBulk || call.Tenant.WebhooksOf(scope.App.Id).Where(webhook => webhook.Events.HasFlag(kind)).ToList() is not { Count: > 0 } webhooks) return;
        var told = what();
        told.AddFirst(new JProperty("app", new JObject { ["id"] = Wire.Number(scope.App.Id), ["name"] = scope.App.Live!.General["name"] }));
        told.AddFirst(new JProperty("type", Name(kind)));
        foreach (var webhook in webhooks)
        {
            var body = new JObject(told);
            body.AddFirst(new JProperty("id", Guid.NewGuid().ToString()));
            call.Transaction.AfterCommit(() => call.Parts.Webhooks.Post(new Uri(webhook.Url), body, call.Now));
        }
    }

    private static string Name(WebhookEvents kind) => kind switch
    {
        WebhookEvents.Add => "ADD_RECORD",
        WebhookEvents.Edit => "UPDATE_RECORD",
        WebhookEvents.Status => "UPDATE_STATUS",
        WebhookEvents.Comment => "ADD_RECORD_COMMENT",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string TitleOf(AppScope scope, RecordDocument record)
    {
        var code = (string?)scope.App.Live!.General["titleField"]?["code"];
        var title = code is not null && scope.Model.Form.TryGet(code, out var field) && StoredValue.Of(record, field) is JValue value ? (string?)value : null;
        return string.IsNullOrEmpty(title) ? (string)Wire.Number(record.Id)! : title;
    }

    private static string UrlOf(Call call, AppScope scope, long record)
    {
        var space = scope.App.GuestSpace is { } guest ? $"guest/{guest}/" : "";
        return $"{call.Parts.Webhooks.Tenant}k/{space}{scope.App.Id}/show#record={record}";
    }
}
