namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>Where a value stands in a request, as kintone writes it under <c>errors</c>: <c>record.CODE.value</c>, <c>records[0].CODE.value</c>, <c>record.T.value[1].value.CODE.value</c>.</summary>
/// <param name="Prefix">Everything before the field's code.</param>
/// <param name="Code">The field's code.</param>
/// <param name="InTable">Whether the field is a table's column.</param>
internal readonly record struct FieldPath(string Prefix, string Code, bool InTable = false)
{
    /// <summary>The path with what follows the code.</summary>
    public string With(string suffix) => $"{Prefix}.{Code}{suffix}";

    /// <summary>The path with the code in brackets, which kintone uses for what is not a number.</summary>
    public string Bracketed(string suffix) => $"{Prefix}[{Code}]{suffix}";

    /// <summary>The path of a column in a row of this table.</summary>
    public FieldPath Column(int row, string code) => new($"{Prefix}.{Code}.value[{row}].value", code, InTable: true);
}
