using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The app's general settings: name, description, icon, theme, switches. Source: kintone, "アプリの一般設定を取得する", "…変更する".</summary>
internal sealed class AppSettingsResource : IResource
{
    private const string Live = "app/settings.json";
    private const string Preview = "preview/app/settings.json";

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(call, SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(call, SettingsEdit.Preview(call))),
        new("PUT", Preview, call => SettingsEdit.Change(call, settings => GeneralSettings.Change(call, settings))),
    ];

    private static JObject Show(Call call, AppSettings settings)
    {
        var shown = (JObject)settings.General.DeepClone();
        if (shown["icon"]!["file"] is JObject file && call.Directory.File((string)file["fileKey"]!) is { } known) shown["icon"]!["file"] = FileType.Describe(known);
        shown["revision"] = Wire.Number(settings.Revision);
        return shown;
    }
}
