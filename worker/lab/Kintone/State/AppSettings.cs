using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>One version of an app's settings, each part in the form in which kintone's REST API shows it. The JSON values are never changed in place.</summary>
/// <param name="Revision">The settings' revision, common to all parts.</param>
/// <param name="General">Name, description, icon, theme and the switches of <c>app/settings.json</c>.</param>
/// <param name="Fields">The field properties by field code.</param>
/// <param name="Layout">The form's rows.</param>
/// <param name="Views">The views by name.</param>
/// <param name="Process">Process management: <c>enable</c>, <c>states</c>, <c>actions</c>.</param>
/// <param name="AppAcl">The app's rights, in order of priority.</param>
/// <param name="RecordAcl">The record rights, in order of priority.</param>
/// <param name="FieldAcl">The field rights.</param>
/// <param name="Extras">Parts that are kept and given back only: notifications, customization, reports, actions, notes.</param>
/// <param name="Renames">Field codes changed since the last deployment, new code by old.</param>
/// <param name="StateRenames">Process states renamed since the last deployment, new name by old.</param>
internal sealed record AppSettings(
    long Revision,
    JObject General,
    JObject Fields,
    JArray Layout,
    JObject Views,
    JObject Process,
    JArray AppAcl,
    JArray RecordAcl,
    JArray FieldAcl,
    JObject Extras,
    IReadOnlyDictionary<string, string> Renames,
    IReadOnlyDictionary<string, string> StateRenames)
{
    /// <summary>Options relabelled since the last deployment: new label by old, under the field's code as it is now.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> OptionRenames { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();
}
