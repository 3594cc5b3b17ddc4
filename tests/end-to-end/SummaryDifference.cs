using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.EndToEnd.Tests;

/// <summary>Where two summaries differ, a line for each place, in words that a person can look for in the demo's folder.</summary>
internal static class SummaryDifference
{
    internal static IReadOnlyList<string> Of(JObject expected, JObject actual) =>
        [.. expected.Properties().Select(static part => part.Name).Union(actual.Properties().Select(static part => part.Name))
            .SelectMany(part => Of(part, expected[part], actual[part]))];

    private static IEnumerable<string> Of(string part, JToken? expected, JToken? actual)
    {
        var (before, after) = (Entries(expected), Entries(actual));
        return before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
            .Select(key => $"{part} {key}: expected {before.GetValueOrDefault(key) ?? "nothing"}, was {after.GetValueOrDefault(key) ?? "nothing"}");
    }

    // Engagements and lines are known by their record and line, counts by their name.
    private static Dictionary<string, string> Entries(JToken? part) => part switch
    {
        JArray rows => rows.ToDictionary(static row => $"{row["record"]} {row["line"]}".TrimEnd(), static row => row.ToString(Formatting.None)),
        JObject counts => counts.Properties().ToDictionary(static count => count.Name, static count => count.Value.ToString(Formatting.None)),
        _ => [],
    };
}
