using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Process management's settings. Source: kintone, "プロセス管理の設定を取得する", "…変更する".</summary>
internal sealed class ProcessSettingsResource : IResource
{
    private const string Live = "app/status.json";
    private const string Preview = "preview/app/status.json";
    private const int MaxActions = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(SettingsEdit.Preview(call))),
        new("PUT", Preview, Change),
    ];

    private static JObject Show(AppSettings settings) => new(settings.Process) { ["revision"] = Wire.Number(settings.Revision) };

    private static JObject Change(Call call)
    {
        bool? enable = call.Parameters.Has("enable") ? call.Parameters.Flag("enable") : null;
        var states = call.Parameters.Has("states") ? call.Parameters.Object("states") : null;
        var actions = call.Parameters.OptionalList("actions", MaxActions);
        return SettingsEdit.Change(call, settings => ProcessSettings.Change(settings, enable, states, actions, call.Now));
    }
}
