using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>A field as <c>app/form/fields.json</c> describes it.</summary>
internal sealed class FieldSpec
{
    private static readonly HashSet<string> Filled =
        ["RECORD_NUMBER", "CREATOR", "MODIFIER", "CREATED_TIME", "UPDATED_TIME", "STATUS", "STATUS_ASSIGNEE", "CATEGORY", "CALC", "REFERENCE_TABLE", "GROUP"];

    private FieldSpec(JObject properties, IReadOnlyList<FieldSpec>? columns = null)
    {
        Properties = properties;
        Code = (string)properties["code"]!;
        Type = (string)properties["type"]!;
        Label = (string?)properties["label"] is { Length: > 0 } label ? label : Code;
        Required = properties["required"] is JValue { Value: true };
        Options = properties["options"] is JObject options
            ? [.. options.Properties().OrderBy(option => PortalValue.Whole(option.Value["index"])).Select(option => option.Name)]
            : [];
        Columns = columns ?? (properties["fields"] is JObject all ? ReadAll(all) : []);
    }

    /// <summary>The properties as they are.</summary>
    public JObject Properties { get; }

    /// <summary>The field's code.</summary>
    public string Code { get; }

    /// <summary>kintone's name of the type.</summary>
    public string Type { get; }

    /// <summary>What people call the field.</summary>
    public string Label { get; }

    /// <summary>Whether a value must be there.</summary>
    public bool Required { get; }

    /// <summary>The options in their order.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>A table's columns.</summary>
    public IReadOnlyList<FieldSpec> Columns { get; }

    /// <summary>Whether people give it a value; else kintone does.</summary>
    public bool IsTyped => !Filled.Contains(Type) && Properties["expression"] is null or JValue { Value: "" };

    /// <summary>Whether its values are short by nature, and are not to be broken in a list.</summary>
    public bool IsShort => Type is "RECORD_NUMBER" or "NUMBER" or "CALC" or "DATE" or "DATETIME" or "TIME" or "DROP_DOWN" or "RADIO_BUTTON" or "STATUS" or "CREATED_TIME" or "UPDATED_TIME";

    /// <summary>Whether lists may be put in its order.</summary>
    public bool IsSortable => Type is "RECORD_NUMBER" or "SINGLE_LINE_TEXT" or "NUMBER" or "CALC" or "DATE" or "DATETIME" or "TIME"
        or "DROP_DOWN" or "RADIO_BUTTON" or "STATUS" or "CREATED_TIME" or "UPDATED_TIME" or "LINK";

    /// <summary>The same table with other columns, or these in another order.</summary>
    public FieldSpec WithColumns(IEnumerable<FieldSpec> columns) => new(Properties, [.. columns]);

    /// <summary>The fields of <paramref name="properties"/>.</summary>
    public static IReadOnlyList<FieldSpec> ReadAll(JObject properties) => [.. properties.Properties().Select(property => new FieldSpec((JObject)property.Value))];
}
