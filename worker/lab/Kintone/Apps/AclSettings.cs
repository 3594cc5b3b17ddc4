using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>The three access lists, in the form in which kintone answers them. Source: kintone, "アプリのアクセス権の設定を変更する" and its neighbours.</summary>
internal static class AclSettings
{
    private static readonly string[] AppFlags =
        ["appEditable", "recordViewable", "recordAddable", "recordEditable", "recordDeletable", "recordImportable", "recordExportable"];

    private static readonly string[] RecordFlags = ["viewable", "editable", "deletable"];

    /// <summary>The app's rights.</summary>
    /// <exception cref="Refusal">An entry is at fault.</exception>
    public static AppSettings WithAppAcl(AppSettings settings, IReadOnlyList<JObject> rights) =>
        settings with { AppAcl = new JArray(rights.Select((right, index) => WithFlags(right, AppFlags, settings.Fields, $"rights[{index}]"))) };

    /// <summary>The record rights.</summary>
    /// <exception cref="Refusal">An entry or condition is at fault.</exception>
    public static AppSettings WithRecordAcl(AppSettings settings, IReadOnlyList<JObject> rights, DateTimeOffset now)
    {
        var binder = QueryBinder.ForSettings(new Form(settings.Fields), now);
        var complete = rights.Select((right, index) =>
        {
            var filter = Scalar.Text(right["filterCond"]) ?? "";
            binder.Bind(QueryParser.ParseCondition(filter));
            var entities = Entities(right, index).Select(entry => WithFlags((JObject)entry, RecordFlags, settings.Fields, $"rights[{index}].entities"));
            return new JObject { ["filterCond"] = filter, ["entities"] = new JArray(entities) };
        });
        return settings with { RecordAcl = new JArray(complete.ToList()) };
    }

    /// <summary>The field rights.</summary>
    /// <exception cref="Refusal">An entry is at fault, or a field is not there.</exception>
    public static AppSettings WithFieldAcl(AppSettings settings, IReadOnlyList<JObject> rights)
    {
        var form = new Form(settings.Fields);
        var complete = rights.Select((right, index) =>
        {
            var code = Scalar.Text(right["code"]) ?? "";
            if (!form.TryGet(code, out _)) throw Refusals.UnknownFieldInSettings(code);
            var entities = Entities(right, index).Select(entry => WithAccessibility(entry, settings.Fields, $"rights[{index}].entities"));
            return new JObject { ["code"] = code, ["entities"] = new JArray(entities) };
        });
        return settings with { FieldAcl = new JArray(complete.ToList()) };
    }

    /// <summary>An entry with its <c>entity</c> and <c>includeSubs</c>, checked.</summary>
    /// <exception cref="Refusal">The entity's type is unknown, or it names a field that is not there.</exception>
    public static JObject Entry(JToken given, JObject fields, string path)
    {
        var entity = given["entity"] as JObject ?? throw Refusals.Invalid($"{path}.entity", MessageId.Required);
        var type = (string?)entity["type"];
        var code = entity["code"] ?? JValue.CreateNull();
        var isKnown = type is "USER" or "GROUP" or "ORGANIZATION" or "CREATOR" or "FIELD_ENTITY" or "CUSTOM_FIELD";
        if (!isKnown) throw Refusals.Invalid($"{path}.entity.type", MessageId.UnknownChoice);
        if (type == "FIELD_ENTITY" && fields[(string?)code ?? ""] is null) throw Refusals.UnknownFieldInSettings((string?)code ?? "");
        return new JObject
        {
            ["entity"] = new JObject { ["type"] = type, ["code"] = code },
            ["includeSubs"] = given["includeSubs"] is JValue { Value: true },
        };
    }

    private static JArray Entities(JObject right, int index) =>
        right["entities"] as JArray ?? throw Refusals.Invalid($"rights[{index}].entities", MessageId.Required);

    private static JObject WithFlags(JObject given, string[] flags, JObject fields, string path)
    {
        var entry = Entry(given, fields, path);
        foreach (var flag in flags) entry[flag] = given[flag] is JValue { Value: true } or JValue { Value: "true" };
        return entry;
    }

    private static JObject WithAccessibility(JToken given, JObject fields, string path)
    {
        var accessibility = (string?)given["accessibility"];
        if (accessibility is not ("READ" or "WRITE" or "NONE")) throw Refusals.Invalid($"{path}.accessibility", MessageId.UnknownChoice);
        var entry = Entry(given, fields, path);
        return new JObject { ["accessibility"] = accessibility, ["entity"] = entry["entity"], ["includeSubs"] = entry["includeSubs"] };
    }
}
