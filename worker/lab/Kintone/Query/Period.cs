namespace VulnDiag.Lab.Kintone.Query;

/// <summary>A stretch of time that a value is compared with: a single day, minute or instant, or what a function such as <c>THIS_MONTH()</c> means.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it.</param>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Compares a value with the period: equal means within, less means before, and so on.</summary>
    public bool Holds(QueryOperator operation, DateTimeOffset value) => operation switch
    {
        QueryOperator.Equal => value >= From && value < Until,
        QueryOperator.NotEqual => value < From || value >= Until,
        QueryOperator.Greater => value >= Until,
        QueryOperator.GreaterOrEqual => value >= From,
        QueryOperator.Less => value < From,
        QueryOperator.LessOrEqual => value < Until,
        _ => false,
    };
}
