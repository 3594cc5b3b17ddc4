using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Reports (graphs) and actions. Source: kintone, "グラフの設定を取得する", "アクションの設定を取得する" and their neighbours.</summary>
internal sealed class NamedSettingsResource : IResource
{
    private static readonly string[] Parts = ["reports", "actions"];

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => Parts.SelectMany(part => new Operation[]
    {
        new("GET", $"app/{part}.json", call => Show(SettingsEdit.Live(call), part)),
        new("GET", $"preview/app/{part}.json", call => Show(SettingsEdit.Preview(call), part)),
        new("PUT", $"preview/app/{part}.json", call => Replace(call, part)),
    });

    private static JObject Show(AppSettings settings, string part) =>
        new() { [part] = settings.Extras[part]![part], ["revision"] = Wire.Number(settings.Revision) };

    private static JObject Replace(Call call, string part)
    {
        var answer = SettingsEdit.Change(call, settings => NamedSettings.Replace(settings, part, call.Parameters.Object(part), call.Now));
        answer[part] = NamedSettings.Ids(SettingsEdit.Preview(call), part);
        return answer;
    }
}
