using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>What an app shows of itself: its name, its form, the field that names its records.</summary>
internal sealed record AppFace(long Id, string Name, IReadOnlyList<FieldSpec> Fields, JArray Layout, string TitleField, bool HasComments)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Refusal">There is no such app for the user.</exception>
    public static AppFace Read(Desk desk, long app)
    {
        var parameters = new JObject { ["app"] = app };
        var settings = desk.Get("app/settings.json", parameters);
        return new AppFace(
            app,
            (string?)settings["name"] ?? "",
            FieldSpec.ReadAll((JObject)desk.Get("app/form/fields.json", parameters)["properties"]!),
            (JArray)desk.Get("app/form/layout.json", parameters)["layout"]!,
            (string?)settings["titleField"]?["code"] ?? "",
            settings["enableComments"] is not JValue { Value: false });
    }

    /// <summary>What a record is called: its title field where the visitor sees it, and its number.</summary>
    public string TitleOf(JObject record, long number)
    {
        var title = record[TitleField]?["value"] is JValue value ? ((string?)value)?.Trim() ?? "" : "";
        return title.Length > 0 ? title : Markup.Words.Of("record.number", number);
    }
}
