using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Rights;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>What the lab shows beside kintone's API: how many requests were made, for whoever administers the tenant.</summary>
internal static class LabPages
{
    /// <summary>The path of the request counts.</summary>
    public const string Requests = "/lab/requests.json";

    /// <summary>The request counts by app, day (UTC), user and request.</summary>
    /// <exception cref="Refusal">The caller does not administer the tenant.</exception>
    public static JObject ShowRequests(Caller caller, RequestCounter counter)
    {
        if (!caller.IsAdministrator) throw Refusals.NoPermission();
        return new JObject
        {
            ["requests"] = new JArray(counter.Snapshot().Select(entry => new JObject
            {
                ["app"] = Wire.Number(entry.App),
                ["day"] = Forms.KintoneTime.Show(entry.Day),
                ["user"] = entry.User,
                ["request"] = entry.Request,
                ["count"] = Wire.Number(entry.Count),
            })),
        };
    }
}
