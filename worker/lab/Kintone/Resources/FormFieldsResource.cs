using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The form's fields. Source: kintone, "フィールドを取得する" and its neighbours.</summary>
internal sealed class FormFieldsResource : IResource
{
    private const string Live = "app/form/fields.json";
    private const string Preview = "preview/app/form/fields.json";
    private const int MaxFields = 100;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(SettingsEdit.Preview(call))),
        new("POST", Preview, call => SettingsEdit.Change(call, settings => FieldSettings.Add(settings, call.Parameters.Object("properties")))),
        new("PUT", Preview, call => SettingsEdit.Change(call, settings => FieldSettings.Update(settings, call.Parameters.Object("properties")))),
        new("DELETE", Preview, call => SettingsEdit.Change(call, settings => FieldSettings.Delete(settings, call.Parameters.Texts("fields", MaxFields)))),
    ];

    private static JObject Show(AppSettings settings) => new() { ["properties"] = settings.Fields, ["revision"] = Wire.Number(settings.Revision) };
}
