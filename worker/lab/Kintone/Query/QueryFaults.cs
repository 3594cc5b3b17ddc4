using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>The refusals of the query language.</summary>
internal static class QueryFaults
{
    public static Refusal Syntax() => Refusals.Invalid("query", MessageId.QuerySyntax);

    public static Refusal UnknownField(string field) => new(400, "GAIA_IQ11", MessageId.QueryUnknownField, field);

    public static Refusal WrongOperator(string field, string written) => new(400, "GAIA_IQ03", MessageId.QueryWrongOperator, field, written);

    public static Refusal TableOperator(string field, string written) => new(400, "GAIA_IQ07", MessageId.QueryTableOperator, field, written);

    public static Refusal UnknownOption(string field, string option) => new(400, "GAIA_IQ10", MessageId.QueryUnknownOption, field, option);

    public static Refusal FunctionArgument(string function) => new(400, "GAIA_IQ23", MessageId.QueryFunctionArgument, function);

    public static Refusal FunctionUnit(string function) => new(400, "GAIA_IQ25", MessageId.QueryFunctionUnit, function);

    public static Refusal FunctionCount(string function) => new(400, "GAIA_IL08", MessageId.QueryFunctionCount, function);

    public static Refusal LimitTooLarge(long max) => new(400, "GAIA_QU01", MessageId.LimitTooLarge, max);

    public static Refusal OffsetTooLarge(long max) => new(400, "GAIA_QU02", MessageId.OffsetTooLarge, max);
}
