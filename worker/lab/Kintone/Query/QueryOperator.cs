namespace VulnDiag.Lab.Kintone.Query;

/// <summary>The operators of kintone's query language.</summary>
internal enum QueryOperator
{
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    In,
    NotIn,
    Like,
    NotLike,
    IsEmpty,
    IsNotEmpty,
}
