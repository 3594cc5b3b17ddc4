using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Notifications of all three kinds.</summary>
internal static class NotificationLint
{
    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields)
    {
        var notifications = app.Settings[AppSetting.Notifications];
        var conditions = notifications.SelectTokens("$..filterCond").Values<string>().OfType<string>();
        var recipients = notifications.SelectTokens("$..targets").OfType<JArray>().Append((JArray)notifications["general"]!["notifications"]!);
        IEnumerable<string> faults =
        [
            .. conditions.SelectMany(condition => ConditionLint.Check(condition, fields)),
            .. notifications.SelectTokens("$..timing.code").Values<string>().OfType<string>().Where(code => !fields.HoldsTime(code)).Select(static code => $"the reminder counts from {code}, which is no date."),
            .. recipients.SelectMany(entities => EntityLint.Check(entities, fields)),
        ];
        return faults.Select(fault => $"{app.Key} notifications: {fault}");
    }
}
