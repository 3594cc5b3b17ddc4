using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Apps;

/// <summary>Looks whether a field holds data, before it is deleted with all of it.</summary>
internal static class FieldData
{
    /// <summary>True when no record of the live app has a value in the field (a column: in any row).</summary>
    /// <returns>False also when this user may not see the records or the field: then nobody knows.</returns>
    internal static async Task<bool> IsEmptyAsync(KintoneClient client, AppTenant tenant, long app, string code, string holder, CancellationToken cancellationToken)
    {
        if (await tenant.LiveRevisionAsync(app, cancellationToken) is null) return true;
        try
        {
            await foreach (var record in client.Records.AllAsync(app, KintoneQuery.All, [holder], cancellationToken))
            {
                if (record[holder] is not JObject field || HasValue(field, code, holder)) return false;
            }

            return true;
        }
        catch (KintoneException refused) when (refused.Status == System.Net.HttpStatusCode.Forbidden)
        {
            return false;
        }
    }

    private static bool HasValue(JObject field, string code, string holder) => code == holder
        ? IsSome(field["value"])
        : (field["value"] as JArray)?.Any(row => IsSome(row["value"]?[code]?["value"])) == true;

    private static bool IsSome(JToken? value) => value switch
    {
        null => false,
        JArray list => list.Count > 0,
        JValue single => single.Value is not (null or ""),
        _ => true,
    };
}
