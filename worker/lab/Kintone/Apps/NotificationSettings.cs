using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Checks and completes notifications: to whom, on what, under which condition. Source: kintone, "アプリの条件通知の設定を変更する" and its neighbours.</summary>
internal static class NotificationSettings
{
    private static readonly string[] Occasions = ["recordAdded", "recordEdited", "commentAdded", "statusChanged", "fileImported"];

    /// <summary>The notifications of one kind in the form in which kintone answers them.</summary>
    /// <param name="part"><c>notifications/general</c>, <c>notifications/perRecord</c> or <c>notifications/reminder</c>.</param>
    /// <param name="given">The list as the request gives it.</param>
    /// <param name="settings">The settings they are for.</param>
    /// <param name="now">Now, for checking conditions.</param>
    /// <exception cref="Refusal">A target, field or condition is at fault.</exception>
    public static JArray Complete(string part, IReadOnlyList<JObject> given, AppSettings settings, DateTimeOffset now)
    {
        var form = new Form(settings.Fields);
        var binder = QueryBinder.ForSettings(form, now);
        return new JArray(given.Select((notification, index) => part == "notifications/general"
            ? General(notification, settings.Fields, $"notifications[{index}]")
            : Conditional(notification, form, binder, settings.Fields, $"notifications[{index}]")).ToList());
    }

    private static JObject General(JObject given, JObject fields, string path)
    {
        var complete = AclSettings.Entry(given, fields, path);
        foreach (var occasion in Occasions) complete[occasion] = Scalar.Text(given[occasion])?.ToUpperInvariant() == "TRUE";
        return complete;
    }

    private static JObject Conditional(JObject given, Form form, QueryBinder binder, JObject fields, string path)
    {
        var complete = new JObject();
        if (given["timing"] is JObject timing) complete["timing"] = Timing(timing, form, path);
        var filter = Scalar.Text(given["filterCond"]) ?? "";
        binder.Bind(QueryParser.ParseCondition(filter));
        complete["filterCond"] = filter;
        complete["title"] = Scalar.Text(given["title"]) ?? "";
        var targets = given["targets"] as JArray ?? throw Refusals.Invalid($"{path}.targets", MessageId.Required);
        complete["targets"] = new JArray(targets.Select(target => AclSettings.Entry(target, fields, $"{path}.targets")));
        return complete;
    }

    private static JObject Timing(JObject given, Form form, string path)
    {
        var code = Scalar.Text(given["code"]) ?? "";
        if (!form.TryGet(code, out var field)) throw Refusals.UnknownFieldInSettings(code);
        if (field.Type.Family is not (ValueFamily.Date or ValueFamily.Instant)) throw Refusals.Invalid($"{path}.timing.code", MessageId.WrongType);
        var complete = new JObject { ["code"] = code, ["daysLater"] = Scalar.Text(given["daysLater"]) is { Length: > 0 } days ? days : "0" };
        foreach (var name in new[] { "hoursLater", "time" })
            if (given[name] is { } value) complete[name] = Scalar.Text(value);
        return complete;
    }
}
