using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>All field types by kintone's name, found by reflection.</summary>
internal static class FieldTypes
{
    private static readonly Dictionary<string, FieldType> ByName = typeof(FieldType).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(FieldType)) && !type.IsAbstract)
        .Select(type => (FieldType)Activator.CreateInstance(type)!)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All types.</summary>
    public static IReadOnlyCollection<FieldType> All => ByName.Values;

    /// <summary>Whether there is a type of this name.</summary>
    public static bool Exists(string? name) => name is not null && ByName.ContainsKey(name);

    /// <summary>The type of <paramref name="name"/>.</summary>
    /// <exception cref="Refusal">There is none.</exception>
    public static FieldType Of(string name) =>
        ByName.TryGetValue(name, out var type) ? type : throw Refusals.Invalid("properties", MessageId.UnknownChoice);
}
