namespace VulnDiag.Kintone.Mapping;

/// <summary>A record is not of the shape that our app definition gives it: a field or a choice is missing, or holds what its type cannot hold.</summary>
/// <remarks>Either somebody changed the app or the worker's rights; reading on would take an unseen answer for an empty one.</remarks>
public sealed class RecordShapeException : Exception
{
    internal RecordShapeException(string field, string what)
        : base($"The field '{field}' {what}. Run 'vulndiag apps check': the app or the worker's rights have drifted.") => Field = field;

    /// <summary>Field code.</summary>
    public string Field { get; }
}
