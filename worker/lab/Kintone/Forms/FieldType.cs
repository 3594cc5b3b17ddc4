using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>What a field type accepts, keeps and shows. Stateless; found by <see cref="FieldTypes"/> through its name.</summary>
internal abstract class FieldType
{
    /// <summary>kintone's name, such as <c>SINGLE_LINE_TEXT</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How its values compare.</summary>
    public abstract ValueFamily Family { get; }

    /// <summary>Whether a request may give it a value.</summary>
    public virtual bool Writable => true;

    /// <summary>Whether records show it at all.</summary>
    public virtual bool HasValue => true;

    /// <summary>The path under <c>errors</c> where a missing value is shown, after the field's code.</summary>
    public virtual string RequiredPath => ".value";

    /// <summary>The stored value of a field that nothing was entered in.</summary>
    public virtual JToken Empty => "";

    /// <summary>Whether a stored value counts as nothing entered.</summary>
    public virtual bool IsEmpty(JToken stored) => stored is JArray { Count: 0 } or JValue { Value: null or "" };

    /// <summary>The value of a new record that does not name the field.</summary>
    public virtual JToken Default(Field field, WriteContext context) => Empty;

    /// <summary>Checks what a request gives and returns the value to store; faults go to the context's list.</summary>
    public abstract JToken Take(Field field, JToken? given, FieldPath path, WriteContext context);

    /// <summary>The value as an answer shows it.</summary>
    public virtual JToken Show(Field field, JToken stored, IDirectory directory) => stored;

    /// <summary>The default written in the field's properties, taken like a given value.</summary>
    protected JToken DefaultOf(Field field, WriteContext context) =>
        field.Properties["defaultValue"] is { } value && !IsEmpty(value) ? Take(field, value, new FieldPath("", field.Code), context) : Empty;
}
