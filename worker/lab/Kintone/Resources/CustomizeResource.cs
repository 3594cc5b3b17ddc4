using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>The app's own scripts and styles, as addresses or uploaded files. Kept and given back; the emulator runs none. Source: kintone, "JavaScript/CSSカスタマイズの設定を変更する".</summary>
internal sealed class CustomizeResource : IResource
{
    private const string Part = "customize";
    private const string Live = "app/customize.json";
    private const string Preview = "preview/app/customize.json";
    private const int MaxFiles = 30;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations =>
    [
        new("GET", Live, call => Show(call, SettingsEdit.LiveForManagers(call))),
        new("GET", Preview, call => Show(call, SettingsEdit.Preview(call))),
        new("PUT", Preview, call => SettingsEdit.Change(call, settings => Change(call, settings))),
    ];

    private static JObject Show(Call call, AppSettings settings)
    {
        var shown = (JObject)settings.Extras[Part]!.DeepClone();
        foreach (var entry in shown.SelectTokens("$.*.*[*]").OfType<JObject>().Where(entry => (string?)entry["type"] == "FILE"))
            if (call.Directory.File((string)entry["file"]!["fileKey"]!) is { } file) entry["file"] = FileType.Describe(file);
        shown["revision"] = Wire.Number(settings.Revision);
        return shown;
    }

    private static AppSettings Change(Call call, AppSettings settings)
    {
        var kept = (JObject)settings.Extras[Part]!.DeepClone();
        if (call.Parameters.OptionalText("scope") is { } scope)
            kept["scope"] = scope is "ALL" or "ADMIN" or "NONE" ? scope : throw Refusals.Invalid("scope", MessageId.UnknownChoice);
        foreach (var device in new[] { "desktop", "mobile" })
        {
            if (!call.Parameters.Has(device)) continue;
            var given = new Parameters(call.Parameters.Object(device));
            foreach (var kind in new[] { "js", "css" })
                if (given.Has(kind)) kept[device]![kind] = new JArray(given.Objects(kind, MaxFiles).Select((entry, index) => Take(call, entry, $"{device}.{kind}[{index}]")));
        }

        return settings with { Extras = new JObject(settings.Extras) { [Part] = kept } };
    }

    private static JObject Take(Call call, JObject entry, string path) => (string?)entry["type"] switch
    {
        "URL" => new JObject { ["type"] = "URL", ["url"] = Scalar.Text(entry["url"]) is { Length: > 0 } url ? url : throw Refusals.Invalid($"{path}.url", MessageId.Required) },
        "FILE" => new JObject { ["type"] = "FILE", ["file"] = new JObject { ["fileKey"] = AppFiles.Attach(call, SettingsEdit.AppId(call), Part, Scalar.Text(entry["file"]?["fileKey"]) ?? "") } },
        _ => throw Refusals.Invalid($"{path}.type", MessageId.UnknownChoice),
    };
}
