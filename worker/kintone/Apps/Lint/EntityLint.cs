using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Lists of who: assignees, rights, recipients of notifications.</summary>
internal static class EntityLint
{
    /// <summary>A field that is named must hold users.</summary>
    internal static IEnumerable<string> Check(JArray entities, FieldCatalogue fields) => entities
        .Select(static entry => entry["entity"])
        .Where(entity => entity?.Value<string>("type") == "FIELD_ENTITY" && !fields.HoldsUsers(entity.Value<string>("code") ?? ""))
        .Select(static entity => $"{entity!.Value<string>("code")} is no field with users.");

    /// <summary>Everyone not named may do nothing today; naming it keeps that true whatever kintone's default becomes.</summary>
    internal static IEnumerable<string> CheckEveryone(JArray entities) =>
        entities.LastOrDefault()?["entity"]?.Value<string>("code") == "everyone" ? [] : ["the last entry must be everyone."];
}
