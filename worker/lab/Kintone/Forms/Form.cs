using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>The fields of an app.</summary>
internal sealed class Form
{
    private readonly Dictionary<string, Field> _byCode = new(StringComparer.Ordinal);

    /// <summary>Reads the field properties of one version of an app's settings.</summary>
    public Form(JObject properties)
    {
        Fields = [.. properties.Properties().Select(property => new Field(property.Name, (JObject)property.Value, null))];
        foreach (var field in Fields)
        {
            _byCode[field.Code] = field;
            foreach (var column in field.Columns) _byCode[column.Code] = column;
        }
    }

    /// <summary>The fields outside of tables, tables among them.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Every field, columns of tables included.</summary>
    public IReadOnlyCollection<Field> All => _byCode.Values;

    /// <summary>The field of <paramref name="code"/>, also when it is a table's column.</summary>
    public bool TryGet(string code, [NotNullWhen(true)] out Field? field) => _byCode.TryGetValue(code, out field);

    /// <summary>The one built-in field of a type such as STATUS.</summary>
    public Field BuiltIn(string type) => Fields.First(field => field.Type.Name == type);
}
