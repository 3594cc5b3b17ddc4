namespace VulnDiag.Lab.Kintone.Formulas;

/// <summary>A formula that cannot be read, or has no value for the record at hand.</summary>
internal sealed class FormulaFault(string message) : Exception(message);
