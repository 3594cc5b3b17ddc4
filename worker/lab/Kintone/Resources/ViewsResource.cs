using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The app's views. Source: kintone, "一覧の設定を取得する", "…変更する".</summary>
internal sealed class ViewsResource : IResource
{
    private const string Live = "app/views.json";
    private const string Preview = "preview/app/views.json";

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(SettingsEdit.Preview(call))),
        new("PUT", Preview, Replace),
    ];

    private static JObject Show(AppSettings settings) => new() { ["views"] = settings.Views, ["revision"] = Wire.Number(settings.Revision) };

    private static JObject Replace(Call call)
    {
        var answer = SettingsEdit.Change(call, settings => ViewSettings.Replace(settings, call.Parameters.Object("views"), call.Now));
        answer["views"] = ViewSettings.Ids(SettingsEdit.Preview(call));
        return answer;
    }
}
