namespace VulnDiag.VulnDb.Cvss;

/// <summary>A CVSS vector with the score that we reckon from it.</summary>
/// <param name="Version"><c>2.0</c>, <c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Score">0.0 to 10.0, of all the metrics given: environmental where there are such, else temporal or threat, else base.</param>
/// <param name="Text">The vector as given.</param>
public sealed record CvssVector(string Version, decimal Score, string Text)
{
    private const string Prefix = "CVSS:";

    /// <summary>Reads a vector of any version; v2 has no prefix and may stand in brackets.</summary>
    /// <returns>Null when it is not valid.</returns>
    public static CvssVector? Parse(string text)
    {
        var (version, score) = text switch
        {
            _ when text.StartsWith("CVSS:3.0/", StringComparison.Ordinal) => ("3.0", Cvss3.Score(Metrics(text), minor: 0)),
            _ when text.StartsWith("CVSS:3.1/", StringComparison.Ordinal) => ("3.1", Cvss3.Score(Metrics(text), minor: 1)),
            _ when text.StartsWith("CVSS:4.0/", StringComparison.Ordinal) => ("4.0", Cvss4.Score(Metrics(text))),
            _ when text.StartsWith(Prefix, StringComparison.Ordinal) => ("", null),
            _ => ("2.0", Cvss2.Score(text.StartsWith('(') && text.EndsWith(')') ? text[1..^1] : text)),
        };
        return score is { } known ? new CvssVector(version, known, text) : null;
    }

    private static string Metrics(string text) => text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
