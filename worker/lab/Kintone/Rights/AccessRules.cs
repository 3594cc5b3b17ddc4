using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Rights;

/// <summary>An entry of the app's rights.</summary>
internal sealed record AppRule(AclEntity Entity, AppRights Rights);

/// <summary>The record rights for records that meet a condition.</summary>
internal sealed record RecordRule(Condition? Condition, IReadOnlyList<RecordEntry> Entries);

/// <summary>An entry of a record rule.</summary>
internal sealed record RecordEntry(AclEntity Entity, RecordRights Rights);

/// <summary>An entry of a field's rights.</summary>
internal sealed record FieldEntry(AclEntity Entity, FieldRight Right);

/// <summary>An app's three access lists, read from its settings.</summary>
internal sealed class AccessRules
{
    /// <summary>Reads the lists of <paramref name="settings"/>.</summary>
    public AccessRules(AppSettings settings)
    {
        App = AclEntity.InOrder(settings.AppAcl.OfType<JObject>().Select(ReadApp), rule => rule.Entity);
        Records = [.. settings.RecordAcl.OfType<JObject>().Select(ReadRecord)];
        Fields = settings.FieldAcl.OfType<JObject>()
            .GroupBy(right => (string)right["code"]!, StringComparer.Ordinal)
            .ToDictionary(rights => rights.Key, rights => ReadField(rights.First()), StringComparer.Ordinal);
    }

    /// <summary>The app's rights, in the order in which they are tried.</summary>
    public IReadOnlyList<AppRule> App { get; }

    /// <summary>The record rules; the first whose condition a record meets decides.</summary>
    public IReadOnlyList<RecordRule> Records { get; }

    /// <summary>The rights of the fields that have any, by field code.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldEntry>> Fields { get; }

    private static AppRule ReadApp(JObject right)
    {
        var rights = AppRights.None;
        if (Flag(right, "recordViewable")) rights |= AppRights.View;
        if (Flag(right, "recordAddable")) rights |= AppRights.Add;
        if (Flag(right, "recordEditable")) rights |= AppRights.Edit;
        if (Flag(right, "recordDeletable")) rights |= AppRights.Delete;
        if (Flag(right, "appEditable")) rights |= AppRights.Manage;
        return new AppRule(Entity(right), rights);
    }

    private static RecordRule ReadRecord(JObject right)
    {
        var entries = ((JArray)right["entities"]!).OfType<JObject>().Select(entry =>
        {
            var rights = RecordRights.None;
            if (Flag(entry, "viewable")) rights |= RecordRights.View;
            if (Flag(entry, "editable")) rights |= RecordRights.Edit;
            if (Flag(entry, "deletable")) rights |= RecordRights.Delete;
            return new RecordEntry(Entity(entry), rights);
        });
        return new RecordRule(QueryParser.ParseCondition((string?)right["filterCond"]), AclEntity.InOrder(entries, entry => entry.Entity));
    }

    private static IReadOnlyList<FieldEntry> ReadField(JObject right)
    {
        var entries = ((JArray)right["entities"]!).OfType<JObject>().Select(entry => new FieldEntry(Entity(entry), (string?)entry["accessibility"] switch
        {
            "WRITE" => FieldRight.Write,
            "READ" => FieldRight.Read,
            _ => FieldRight.None,
        }));
        return AclEntity.InOrder(entries, entry => entry.Entity);
    }

    private static AclEntity Entity(JObject entry) => new((JObject)entry["entity"]!);

    private static bool Flag(JObject entry, string name) => entry[name] is JValue { Value: true };
}
