using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>What a new app holds: the built-in fields, full rights for its creator, records for everybody.</summary>
internal static class NewApp
{
    // kintone's own sample of a new app answers 2: its making and its first form are a revision each.
    private const long FirstRevision = 2;

    /// <summary>The preview settings of a new app.</summary>
    public static AppSettings Settings(string name)
    {
        var template = (JObject)LabData.Read("new-app.json");
        var general = new JObject { ["name"] = name };
        general.Merge(template["general"]!);
        return new AppSettings(
            FirstRevision,
            general,
            (JObject)LabData.Read("built-in-fields.ja.json"),
            [],
            [],
            (JObject)template["process"]!.DeepClone(),
            (JArray)template["appAcl"]!.DeepClone(),
            [],
            [],
            (JObject)template["extras"]!.DeepClone(),
            new Dictionary<string, string>(),
            new Dictionary<string, string>());
    }
}
