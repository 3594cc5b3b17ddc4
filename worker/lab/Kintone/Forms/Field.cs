using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A field of a form, as its properties describe it.</summary>
internal sealed class Field
{
    /// <summary>Makes a field from its <paramref name="properties"/>; <paramref name="table"/> is the table it is a column of.</summary>
    public Field(string code, JObject properties, Field? table)
    {
        Code = code;
        Properties = properties;
        Table = table;
        Type = FieldTypes.Of((string)properties["type"]!);
        Required = Flag("required");
        Unique = Flag("unique");
        Enabled = properties["enabled"] is not JValue { Value: false };
        Lookup = properties["lookup"] as JObject;
        Options = properties["options"] is JObject options ? [.. options.Properties().Select(option => option.Name)] : [];
        Columns = properties["fields"] is JObject columns
            ? [.. columns.Properties().Select(column => new Field(column.Name, (JObject)column.Value, this))]
            : [];
    }

    /// <summary>The field code.</summary>
    public string Code { get; }

    /// <summary>The properties as kintone shows them.</summary>
    public JObject Properties { get; }

    /// <summary>The table the field is a column of, or null.</summary>
    public Field? Table { get; }

    /// <summary>The field's type.</summary>
    public FieldType Type { get; }

    /// <summary>The columns, when the field is a table.</summary>
    public IReadOnlyList<Field> Columns { get; }

    /// <summary>Whether a value must be there.</summary>
    public bool Required { get; }

    /// <summary>Whether two records may not hold the same value.</summary>
    public bool Unique { get; }

    /// <summary>Whether the field exists in records: status, assignee and category are there only while their function is on.</summary>
    public bool Enabled { get; }

    /// <summary>The names of the options, in their order.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The lookup setting, when the field is a lookup.</summary>
    public JObject? Lookup { get; }

    /// <summary>A limit written as text, such as <c>maxLength</c>; null when none is set.</summary>
    public decimal? Limit(string property) =>
        decimal.TryParse((string?)Properties[property], NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    private bool Flag(string property) => Properties[property] is JValue { Value: true };
}
