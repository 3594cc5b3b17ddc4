using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Who made a record and when: whoever manages the app may say so when adding one, for moving data in. Nobody may change it later. Source: kintone, "フィールド形式".</summary>
internal static class BuiltInValues
{
    /// <summary>The draft with what the request says of creator, modifier and their times.</summary>
    /// <exception cref="Refusal">It says so, and the caller does not manage the app; or a user or time is at fault.</exception>
    public static RecordDocument Apply(Call call, AppScope scope, RecordDocument draft, JObject given, string prefix)
    {
        foreach (var field in scope.Model.Form.Fields.Where(field => field.Type is CreatorType or ModifierType or CreatedTimeType or UpdatedTimeType))
        {
            if (given[field.Code] is not JObject { } value) continue;
            scope.Access.Demand(AppRights.Manage);
            var path = new FieldPath(prefix, field.Code).With(".value");
            draft = field.Type switch
            {
                CreatorType => draft with { Creator = User(call, value, path) },
                ModifierType => draft with { Modifier = User(call, value, path) },
                CreatedTimeType => draft with { CreatedAt = Instant(value, path) },
                _ => draft with { UpdatedAt = Instant(value, path) },
            };
        }

        return draft;
    }

    private static string User(Call call, JObject given, string path)
    {
        var code = Scalar.Text((given["value"] as JObject)?["code"]) ?? throw Refusals.Invalid(path, MessageId.WrongType);
        return call.Tenant.Users.Find(code) is not null ? code : throw Refusals.UnknownUser(code);
    }

    private static DateTimeOffset Instant(JObject given, string path) =>
        KintoneTime.Instant(Scalar.Text(given["value"]) ?? "") ?? throw Refusals.Invalid(path, MessageId.NotADateTime);
}
