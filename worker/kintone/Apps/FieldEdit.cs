using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>What must be done to a form's fields. kintone adds, changes and deletes them by different calls.</summary>
internal sealed record FieldEdit
{
    private static readonly HashSet<string> Reserved = ["STATUS", "STATUS_ASSIGNEE", "CATEGORY"];
    private static readonly HashSet<string> BuiltIn = ["RECORD_NUMBER", "CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME"];

    /// <summary>Fields and, in tables that are there, columns to add.</summary>
    internal JObject Added { get; } = [];

    /// <summary>Fields to change.</summary>
    internal JObject Changed { get; } = [];

    /// <summary>Fields and columns to delete, each with the top field that holds its data.</summary>
    internal List<(string Code, string Holder)> Deleted { get; } = [];

    /// <summary>True when there is nothing to do.</summary>
    internal bool Empty => Added.Count == 0 && Changed.Count == 0 && Deleted.Count == 0;

    /// <summary>What makes <paramref name="tenant"/> into <paramref name="definition"/>; both are fields by code.</summary>
    internal static FieldEdit Of(JObject tenant, JObject definition)
    {
        var edit = new FieldEdit();
        foreach (var field in definition.Properties())
        {
            var type = TypeOf(field.Value);
            if (Reserved.Contains(type)) continue;
            if (BuiltIn.Contains(type)) edit.PlanBuiltIn(tenant, field, type);
            else edit.Plan(tenant[field.Name], field);
        }

        edit.Deleted.AddRange(tenant.Properties().Where(field => definition[field.Name] is null && MayGo(field.Value)).Select(static field => (field.Name, field.Name)));
        return edit;
    }

    private static bool MayGo(JToken field) => !Reserved.Contains(TypeOf(field)) && !BuiltIn.Contains(TypeOf(field));

    private static string TypeOf(JToken field) => field.Value<string>("type") ?? "";

    // A tenant in another language has other codes for its built-in fields: they are renamed, not added.
    private void PlanBuiltIn(JObject tenant, JProperty field, string type)
    {
        var there = tenant.Properties().FirstOrDefault(candidate => TypeOf(candidate.Value) == type);
        if (there is not null && !SettingDiff.Same(there.Value, field.Value)) Changed[there.Name] = field.Value.DeepClone();
    }

    private void Plan(JToken? there, JProperty field)
    {
        if (there is null)
        {
            Added[field.Name] = field.Value.DeepClone();
            return;
        }

        if (TypeOf(there) != TypeOf(field.Value))
        {
            // No call changes a type: the field goes, with its data, and comes back.
            Deleted.Add((field.Name, field.Name));
            Added[field.Name] = field.Value.DeepClone();
            return;
        }

        if (SettingDiff.Same(there, field.Value) && there["fields"] is not JObject) return;
        if (there["fields"] is JObject columns) PlanTable(field, there, columns, (JObject)field.Value["fields"]!);
        else Changed[field.Name] = field.Value.DeepClone();
    }

    private void PlanTable(JProperty table, JToken there, JObject columns, JObject wanted)
    {
        var inner = Of(columns, wanted);
        if (inner.Added.Count > 0)
            Added[table.Name] = new JObject { ["type"] = "SUBTABLE", ["code"] = table.Name, ["label"] = table.Value["label"], ["fields"] = inner.Added };
        Deleted.AddRange(inner.Deleted.Select(column => (column.Code, table.Name)));
        var own = new JObject((JObject)table.Value) { ["fields"] = inner.Changed };
        if (inner.Changed.Count > 0 || !SettingDiff.Same(there, new JObject((JObject)table.Value) { ["fields"] = new JObject(columns) })) Changed[table.Name] = own;
    }
}
