using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>Links between apps: <c>${finding}</c> in the files, an id in a tenant.</summary>
internal static class AppLinks
{
    private const string App = "app";

    /// <summary>The same settings with ids for our names.</summary>
    /// <exception cref="InvalidOperationException">An app that is linked to has no id yet.</exception>
    internal static JObject ToIds(JObject settings, IReadOnlyDictionary<string, long> ids)
    {
        var copy = (JObject)settings.DeepClone();
        foreach (var related in Related(copy))
        {
            var link = related.Value<string>(App) ?? "";
            if (!link.StartsWith("${", StringComparison.Ordinal)) continue;
            if (!ids.TryGetValue(link[2..^1], out var id)) throw new InvalidOperationException($"The app {link} has no id yet.");

            // Id and code together would be two answers to one question.
            related.Replace(new JObject { [App] = id });
        }

        return copy;
    }

    /// <summary>The same settings with our names for ids; an id that is none of ours stays.</summary>
    internal static JObject ToNames(JObject settings, IReadOnlyDictionary<string, long> ids)
    {
        var copy = (JObject)settings.DeepClone();
        foreach (var related in Related(copy))
        {
            var id = related[App]?.ToString();
            var key = ids.Where(pair => pair.Value.ToString(CultureInfo.InvariantCulture) == id).Select(static pair => pair.Key).FirstOrDefault();
            if (key is not null) related.Replace(new JObject { [App] = $"${{{key}}}", ["code"] = "" });
        }

        return copy;
    }

    /// <summary>True for a field that links to an app.</summary>
    internal static bool IsLink(JToken field) => field["lookup"] is JObject || field["referenceTable"] is JObject;

    private static IReadOnlyList<JObject> Related(JObject settings) => [.. settings.SelectTokens("$..relatedApp").OfType<JObject>()];
}
