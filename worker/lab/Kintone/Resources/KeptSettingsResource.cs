using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Settings that the emulator keeps and gives back and does not act on: notifications, reports, actions, notes. A parameter left out keeps what was, an empty list clears it.</summary>
internal sealed class KeptSettingsResource : IResource
{
    private static readonly string[] Parts =
        ["notifications/general", "notifications/perRecord", "notifications/reminder", "reports", "actions", "adminNotes"];

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => Parts.SelectMany(part => new Operation[]
    {
        new("GET", $"app/{part}.json", call => Show(SettingsEdit.Live(call), part)),
        new("GET", $"preview/app/{part}.json", call => Show(SettingsEdit.Preview(call), part)),
        new("PUT", $"preview/app/{part}.json", call => SettingsEdit.Change(call, settings => Change(settings, part, call.Parameters))),
    });

    private static JObject Show(AppSettings settings, string part) =>
        new((JObject)settings.Extras[part]!) { ["revision"] = Wire.Number(settings.Revision) };

    private static AppSettings Change(AppSettings settings, string part, Parameters given)
    {
        var kept = new JObject((JObject)settings.Extras[part]!);
        foreach (var name in kept.Properties().Select(property => property.Name).ToList())
            if (given.Has(name)) kept[name] = given.Values[name];
        return settings with { Extras = new JObject(settings.Extras) { [part] = kept } };
    }
}
