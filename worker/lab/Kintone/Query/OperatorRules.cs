using VulnDiag.Lab.Kintone.Forms;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>Which operators fit which kind of value. Source: kintone, "クエリの書き方", the table of operators by field type.</summary>
internal static class OperatorRules
{
    private static readonly QueryOperator[] Equality = [QueryOperator.Equal, QueryOperator.NotEqual];
    private static readonly QueryOperator[] Order = [QueryOperator.Greater, QueryOperator.Less, QueryOperator.GreaterOrEqual, QueryOperator.LessOrEqual];
    private static readonly QueryOperator[] Membership = [QueryOperator.In, QueryOperator.NotIn];
    private static readonly QueryOperator[] Words = [QueryOperator.Like, QueryOperator.NotLike];
    private static readonly QueryOperator[] Emptiness = [QueryOperator.IsEmpty, QueryOperator.IsNotEmpty];

    /// <summary>Whether <paramref name="operation"/> may be used on values of <paramref name="family"/>.</summary>
    public static bool Fits(ValueFamily family, QueryOperator operation) => For(family).Contains(operation);

    /// <summary>The operator as written in a query.</summary>
    public static string Written(QueryOperator operation) => operation switch
    {
        QueryOperator.Equal => "=",
        QueryOperator.NotEqual => "!=",
        QueryOperator.Greater => ">",
        QueryOperator.Less => "<",
        QueryOperator.GreaterOrEqual => ">=",
        QueryOperator.LessOrEqual => "<=",
        QueryOperator.In => "in",
        QueryOperator.NotIn => "not in",
        QueryOperator.Like => "like",
        QueryOperator.NotLike => "not like",
        QueryOperator.IsEmpty => "is empty",
        QueryOperator.IsNotEmpty => "is not empty",
    };

    /// <summary>Whether the operator says that something does not hold; in a table it must then not hold in any row.</summary>
    public static bool IsNegative(QueryOperator operation) =>
        operation is QueryOperator.NotIn or QueryOperator.NotLike or QueryOperator.NotEqual or QueryOperator.IsNotEmpty;

    private static QueryOperator[] For(ValueFamily family) => family switch
    {
        ValueFamily.Text => [.. Equality, .. Membership, .. Words],
        ValueFamily.LongText => [.. Words, .. Emptiness],
        ValueFamily.Number => [.. Equality, .. Order, .. Membership],
        ValueFamily.Choice or ValueFamily.Entities => Membership,
        ValueFamily.Status => [.. Equality, .. Membership],
        ValueFamily.Date or ValueFamily.Time or ValueFamily.Instant => [.. Equality, .. Order],
        ValueFamily.File => [.. Words, .. Emptiness],
        ValueFamily.None => [],
    };
}
