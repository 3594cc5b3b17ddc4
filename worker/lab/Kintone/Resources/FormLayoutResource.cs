using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The form's layout. Source: kintone, "フォームのレイアウトを取得する", "…変更する".</summary>
internal sealed class FormLayoutResource : IResource
{
    private const string Live = "app/form/layout.json";
    private const string Preview = "preview/app/form/layout.json";
    private const int MaxRows = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(SettingsEdit.Preview(call))),
        new("PUT", Preview, call => SettingsEdit.Change(call, settings => LayoutSettings.Replace(settings, call.Parameters.List("layout", MaxRows)))),
    ];

    private static JObject Show(AppSettings settings) => new() { ["layout"] = settings.Layout, ["revision"] = Wire.Number(settings.Revision) };
}
