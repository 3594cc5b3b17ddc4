using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Rights on the app, its records and fields.</summary>
internal static class RightsLint
{
    internal static IEnumerable<string> Check(AppDefinition app, FieldCatalogue fields) =>
    [
        .. EntityLint.CheckEveryone(Rights(app, AppSetting.AppRights)).Select(fault => $"{app.Key} app-acl: {fault}"),
        .. Rights(app, AppSetting.RecordRights).OfType<JObject>().SelectMany(right => CheckRecords(right, fields)).Select(fault => $"{app.Key} record-acl: {fault}"),
        .. Rights(app, AppSetting.FieldRights).OfType<JObject>().SelectMany(right => CheckField(right, fields)).Select(fault => $"{app.Key} field-acl: {fault}"),
    ];

    private static JArray Rights(AppDefinition app, AppSetting setting) => (JArray)app.Settings[setting]["rights"]!;

    private static IEnumerable<string> CheckRecords(JObject right, FieldCatalogue fields) =>
        [.. ConditionLint.Check(right.Value<string>("filterCond") ?? "", fields), .. CheckEntities(right, fields)];

    private static IEnumerable<string> CheckField(JObject right, FieldCatalogue fields)
    {
        var code = right.Value<string>("code") ?? "";
        if (!fields.Knows(code)) yield return $"{code} is no field.";
        foreach (var fault in CheckEntities(right, fields)) yield return $"{code}: {fault}";
    }

    private static IEnumerable<string> CheckEntities(JObject right, FieldCatalogue fields)
    {
        var entities = (JArray)right["entities"]!;
        return [.. EntityLint.Check(entities, fields), .. EntityLint.CheckEveryone(entities)];
    }
}
