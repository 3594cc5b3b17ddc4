namespace VulnDiag.Engine.Authorization;

/// <summary>Why something may not be scanned: a value, as it is nobody's mistake in code.</summary>
/// <param name="Word">One machine word, such as <c>address-private</c>.</param>
/// <param name="Words">The same for a person, with what to do where there is something to do.</param>
public sealed record Refusal(string Word, string Words)
{
    /// <summary>As it stands in logs and results.</summary>
    public override string ToString() => $"{Word}: {Words}";
}
