using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Settings that the emulator keeps and gives back and does not act on: notifications and notes. A parameter left out keeps what was, an empty list clears it.</summary>
internal sealed class KeptSettingsResource : IResource
{
    private const int MaxNotifications = 500;

    private static readonly string[] Parts =
        ["notifications/general", "notifications/perRecord", "notifications/reminder", "adminNotes"];

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => Parts.SelectMany(part => new Operation[]
    {
        new("GET", $"app/{part}.json", call => Show(SettingsEdit.Live(call), part)),
        new("GET", $"preview/app/{part}.json", call => Show(SettingsEdit.Preview(call), part)),
        new("PUT", $"preview/app/{part}.json", call => SettingsEdit.Change(call, settings => Change(settings, part, call))),
    });

    private static JObject Show(AppSettings settings, string part) =>
        new((JObject)settings.Extras[part]!) { ["revision"] = Wire.Number(settings.Revision) };

    private static AppSettings Change(AppSettings settings, string part, Call call)
    {
        var given = call.Parameters;
        var kept = new JObject((JObject)settings.Extras[part]!);
        foreach (var (name, before) in (JObject)settings.Extras[part]!)
        {
            if (!given.Has(name)) continue;
            kept[name] = before!.Type switch
            {
                JTokenType.Array => NotificationSettings.Complete(part, given.Objects(name, MaxNotifications), settings, call.Now),
                JTokenType.Boolean => given.Flag(name),
                _ => given.OptionalText(name),
            };
        }

        return settings with { Extras = new JObject(settings.Extras) { [part] = kept } };
    }
}
