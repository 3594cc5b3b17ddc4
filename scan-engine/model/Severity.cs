using Newtonsoft.Json;

namespace VulnDiag.Model;

/// <summary>The report's six ratings, worst first. Source: the diagnosis guide, section 2, step 4.</summary>
public enum Severity
{
    /// <summary>緊急: CVSS 9.0 to 10.0.</summary>
    Critical = 1,

    /// <summary>重要: CVSS 7.0 to 8.9.</summary>
    High = 2,

    /// <summary>警告: CVSS 4.0 to 6.9.</summary>
    Medium = 3,

    /// <summary>注意: CVSS 0.1 to 3.9.</summary>
    Low = 4,

    /// <summary>対処要: no score, must be acted on.</summary>
    Act = 5,

    /// <summary>対処推奨: no score, acting is recommended.</summary>
    Recommended = 6,
}

/// <summary>Names and bands of <see cref="Severity"/>.</summary>
public static class Severities
{
    private static readonly (Severity Severity, string Name)[] Names = SeverityNames.All;

    /// <summary>All six, worst first.</summary>
    public static IReadOnlyList<Severity> All { get; } = [.. Names.Select(static pair => pair.Severity)];

    /// <summary>The word that people see.</summary>
    public static string NameJa(this Severity severity) => Names.Single(pair => pair.Severity == severity).Name;

    /// <summary>Reads the word that people see.</summary>
    /// <returns>Null when the word is none of the six.</returns>
    public static Severity? FromNameJa(string name)
    {
        foreach (var pair in Names)
        {
            if (pair.Name == name) return pair.Severity;
        }

        return null;
    }

    /// <summary>The band of a CVSS base score. 0.0 has no band of its own and is <see cref="Severity.Recommended"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is not between 0 and 10.</exception>
    public static Severity OfScore(decimal score) => score switch
    {
        < 0m or > 10m => throw new ArgumentOutOfRangeException(nameof(score), score, "A CVSS score lies between 0 and 10."),
        >= 9.0m => Severity.Critical,
        >= 7.0m => Severity.High,
        >= 4.0m => Severity.Medium,
        >= 0.1m => Severity.Low,
        _ => Severity.Recommended,
    };
}

/// <summary>Writes a severity as the Japanese word of the result file.</summary>
internal sealed class SeverityJson : JsonConverter<Severity>
{
    public override void WriteJson(JsonWriter writer, Severity value, JsonSerializer serializer) => writer.WriteValue(value.NameJa());

    public override Severity ReadJson(JsonReader reader, Type objectType, Severity existingValue, bool hasExistingValue, JsonSerializer serializer) =>
        Severities.FromNameJa(reader.Value as string ?? "") ?? throw new JsonSerializationException($"'{reader.Value}' is not a severity.");
}
