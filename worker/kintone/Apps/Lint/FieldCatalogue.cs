using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>The fields of a definition, columns of tables included.</summary>
internal sealed class FieldCatalogue
{
    private static readonly HashSet<string> NotPlaced =
        ["RECORD_NUMBER", "CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME", "CATEGORY", "STATUS", "STATUS_ASSIGNEE"];
    private static readonly HashSet<string> WithUsers = ["USER_SELECT", "GROUP_SELECT", "ORGANIZATION_SELECT", "CREATOR", "MODIFIER"];

    private static readonly HashSet<string> WithTime = ["DATE", "DATETIME", "CREATED_TIME", "UPDATED_TIME"];

    private readonly Dictionary<string, JObject> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _repeated = [];
    private readonly IReadOnlyList<string> _states;

    internal FieldCatalogue(AppDefinition app)
    {
        _states = [.. (app.Settings[AppSetting.Process]["states"] as JObject)?.Properties().Select(static state => state.Name) ?? []];
        foreach (var field in app.Fields.Properties())
        {
            Add(field);
            foreach (var column in (field.Value["fields"] as JObject)?.Properties() ?? [])
            {
                _columns.Add(column.Name);
                Add(column);
            }
        }
    }

    /// <summary>Every field by code.</summary>
    internal IReadOnlyDictionary<string, JObject> All => _fields;

    /// <summary>Codes that two fields have.</summary>
    internal IReadOnlyList<string> Repeated => _repeated;

    /// <summary>Codes that a layout must place.</summary>
    internal IEnumerable<string> Placeable => _fields.Keys.Where(code => !NotPlaced.Contains(TypeOf(code)));

    internal bool Knows(string code) => _fields.ContainsKey(code) || code is "$id" or "$revision";

    internal bool IsColumn(string code) => _columns.Contains(code);

    internal bool HoldsTime(string code) => WithTime.Contains(TypeOf(code));

    internal bool HoldsUsers(string code) => WithUsers.Contains(TypeOf(code));

    /// <summary>The words among which a field's value is chosen, a status' states too; null when it is not chosen.</summary>
    internal IReadOnlyCollection<string>? ChoicesOf(string code) => TypeOf(code) switch
    {
        "STATUS" => _states,
        _ when _fields.TryGetValue(code, out var field) && field["options"] is JObject options => [.. options.Properties().Select(static option => option.Name)],
        _ => null,
    };

    internal string TypeOf(string code) => _fields.TryGetValue(code, out var field) ? field.Value<string>("type") ?? "" : "";

    private void Add(JProperty field)
    {
        if (!_fields.TryAdd(field.Name, (JObject)field.Value)) _repeated.Add(field.Name);
    }
}
