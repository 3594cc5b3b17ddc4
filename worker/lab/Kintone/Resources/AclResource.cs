using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The access lists of app, records and fields. Written on the live path, they deploy everything that waits. Source: kintone, "アプリのアクセス権の設定を取得する" and its neighbours.</summary>
internal sealed class AclResource : IResource
{
    private const int MaxRights = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        .. Of("app/acl.json", settings => settings.AppAcl, (call, settings) => AclSettings.WithAppAcl(settings, Rights(call))),
        .. Of("record/acl.json", settings => settings.RecordAcl, (call, settings) => AclSettings.WithRecordAcl(settings, Rights(call), call.Now)),
        .. Of("field/acl.json", settings => settings.FieldAcl, (call, settings) => AclSettings.WithFieldAcl(settings, Rights(call))),
    ];

    private static IReadOnlyList<JObject> Rights(Call call) => call.Parameters.Objects("rights", MaxRights);

    private static IEnumerable<Operation> Of(string path, Func<AppSettings, JArray> list, Func<Call, AppSettings, AppSettings> change) =>
    [
        new("GET", path, call => Show(SettingsEdit.LiveForManagers(call), list)),
        new("GET", "preview/" + path, call => Show(SettingsEdit.Preview(call), list)),
        new("PUT", path, call => SettingsEdit.ChangeAndDeploy(call, settings => change(call, settings))),
        new("PUT", "preview/" + path, call => SettingsEdit.Change(call, settings => change(call, settings))),
    ];

    private static JObject Show(AppSettings settings, Func<AppSettings, JArray> list) =>
        new() { ["rights"] = list(settings), ["revision"] = Wire.Number(settings.Revision) };
}
