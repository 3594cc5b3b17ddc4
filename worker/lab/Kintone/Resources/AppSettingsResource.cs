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
    private const int MaxName = 64;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(SettingsEdit.Live(call))),
        new("GET", Preview, call => Show(SettingsEdit.Preview(call))),
        new("PUT", Preview, call => SettingsEdit.Change(call, settings => Change(settings, call.Parameters))),
    ];

    private static JObject Show(AppSettings settings) => new(settings.General) { ["revision"] = Wire.Number(settings.Revision) };

    private static AppSettings Change(AppSettings settings, Parameters given)
    {
        var general = new JObject(settings.General);
        foreach (var (name, before) in settings.General)
        {
            if (!given.Has(name)) continue;
            general[name] = before!.Type switch
            {
                JTokenType.Boolean => given.Flag(name),
                JTokenType.String => given.OptionalText(name),
                _ => given.Object(name),
            };
        }

        var appName = Scalar.Text(general["name"]) ?? "";
        if (appName.Length == 0) throw Refusals.Invalid("name", MessageId.Required);
        if (appName.Length > MaxName) throw Refusals.Invalid("name", MessageId.TooLong, MaxName + 1);
        return settings with { General = general };
    }
}
