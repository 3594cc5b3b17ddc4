using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The app's plug-ins: the lab's tenant has none. Source: kintone, "アプリのプラグインを取得する".</summary>
internal sealed class PluginsResource : IResource
{
    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", "app/plugins.json", call => Show(SettingsEdit.LiveForManagers(call))),
        new("GET", "preview/app/plugins.json", call => Show(SettingsEdit.Preview(call))),
    ];

    private static JObject Show(AppSettings settings) => new() { ["plugins"] = new JArray(), ["revision"] = Wire.Number(settings.Revision) };
}
