using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Copies what a lookup field's key stands for. The copied fields are the lookup's alone: what a request sends to them is ignored.</summary>
/// <remarks>A snapshot: later changes of the source are not followed. Source: ../shared/kintone/RULES.md, "Records".</remarks>
internal static class LookupCopier
{
    /// <summary>Fills the copied fields in <paramref name="values"/>.</summary>
    /// <param name="call">The request.</param>
    /// <param name="scope">The app.</param>
    /// <param name="given">What the request names.</param>
    /// <param name="values">The record's values to be; changed in place.</param>
    /// <param name="before">The record's values so far.</param>
    /// <exception cref="Refusal">GAIA_LO04: no record with that key, or none that the caller may view.</exception>
    public static void Copy(Call call, AppScope scope, JObject given, JObject values, JObject before)
    {
        foreach (var field in scope.Model.Form.Fields.Where(field => field.Lookup is not null))
        {
            var lookup = field.Lookup!;
            var source = given[field.Code] is null ? null : FindSource(call, lookup, field, values[field.Code] ?? field.Type.Empty);
            foreach (var mapping in lookup["fieldMappings"] as JArray ?? [])
            {
                if (!scope.Model.Form.TryGet((string?)mapping["field"] ?? "", out var target)) continue;
                values[target.Code] = (given[field.Code], source) switch
                {
                    (null, _) => before[target.Code] ?? target.Type.Empty,
                    (_, null) => target.Type.Empty,
                    (_, var (record, form)) => form.TryGet((string?)mapping["relatedField"] ?? "", out var origin) ? StoredValue.Of(record, origin) : target.Type.Empty,
                };
            }
        }
    }

    private static (RecordDocument Record, Form Form)? FindSource(Call call, JObject lookup, Field field, JToken key)
    {
        if (field.Type.IsEmpty(key)) return null;
        var related = AppScope.Open(call, Scalar.Whole(lookup["relatedApp"]?["app"]) ?? 0);
        var form = related.Model.Form;
        if (!form.TryGet((string?)lookup["relatedKeyField"] ?? "", out var keyField)) throw NotFound(field, key);
        var record = ValueLookup.Find(call.Tenant, related.App.Id, keyField, key)
            .FirstOrDefault(candidate => related.Access.OnRecord(candidate).HasFlag(RecordRights.View));
        return record is null ? throw NotFound(field, key) : (record, form);
    }

    private static Refusal NotFound(Field field, JToken key) => new(400, "GAIA_LO04", MessageId.LookupNotFound, field.Code, (string?)key ?? "");
}
