namespace VulnDiag.Kintone.Mapping;

/// <summary>Field codes of the apps, read once from field-codes.csv: our code says English names only.</summary>
/// <typeparam name="TField">One of the enums in Fields.cs; its name tells the app.</typeparam>
internal static class FieldCodes<TField>
    where TField : struct, Enum
{
    private static readonly string App = AppOf(typeof(TField).Name);

    private static readonly Dictionary<TField, string> Codes = EmbeddedTable.Rows("field-codes.csv")
        .Where(static row => row.First == App)
        .ToDictionary(static row => Enum.Parse<TField>(row.Second), static row => row.Third);

    /// <summary>The code of a field.</summary>
    internal static string Of(TField field) => Codes[field];

    private static string AppOf(string type) => char.ToLowerInvariant(type[0]) + type[1..^"Field".Length];
}

/// <summary>Shorthand for <see cref="FieldCodes{TField}"/>.</summary>
internal static class FieldCodeExtensions
{
    /// <summary>The code of a field.</summary>
    internal static string Code<TField>(this TField field)
        where TField : struct, Enum => FieldCodes<TField>.Of(field);
}
