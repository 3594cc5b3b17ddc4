using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>Pairs the items of two lists of settings by what they are about, so that one right or button too many is one line, not a shift of all that follow.</summary>
internal static class ListItems
{
    /// <summary>The pairs in the wanted order, then what is too many; the label is what the item is about, or its position where that does not tell items apart.</summary>
    internal static IEnumerable<(string Label, JToken? Have, JToken? Want)> Pair(JArray have, JArray want)
    {
        if (Keys(have) is not { } there || Keys(want) is not { } wanted) return ByPosition(have, want);
        return
        [
            .. wanted.Select(key => (key.Key, there.GetValueOrDefault(key.Key), (JToken?)key.Value)),
            .. there.Where(key => !wanted.ContainsKey(key.Key)).Select(static key => (key.Key, (JToken?)key.Value, (JToken?)null)),
        ];
    }

    /// <summary>Of the items that both lists hold, the first that stands elsewhere and the one wanted in its place; null when the order is the same. For rights and buttons it counts.</summary>
    internal static (JValue There, JValue Wanted)? FirstOutOfOrder(JArray have, JArray want)
    {
        if (Keys(have) is not { } there || Keys(want) is not { } wanted) return null;
        var pairs = there.Keys.Where(wanted.ContainsKey).Zip(wanted.Keys.Where(there.ContainsKey));
        foreach (var (first, second) in pairs)
            if (first != second) return (new JValue(first), new JValue(second));
        return null;
    }

    private static IEnumerable<(string Label, JToken? Have, JToken? Want)> ByPosition(JArray have, JArray want) =>
        Enumerable.Range(0, Math.Max(have.Count, want.Count)).Select(index => ($"{index}", have.ElementAtOrDefault(index), want.ElementAtOrDefault(index)));

    /// <summary>The items by what they are about, in their order; null when two are about the same, or one about nothing.</summary>
    private static OrderedDictionary<string, JToken>? Keys(JArray list)
    {
        var keys = new OrderedDictionary<string, JToken>(StringComparer.Ordinal);
        foreach (var item in list)
            if (About(item) is not { Length: > 0 } about || !keys.TryAdd(about, item)) return null;
        return keys;
    }

    private static string? About(JToken item) => item switch
    {
        JValue scalar => scalar.ToString(),
        JObject thing when thing["entity"] is JObject entity => $"{entity["type"]} {entity["code"]}".TrimEnd(),
        JObject { } action when action["from"] is not null => $"{action["name"]} ({action["from"]})",
        JObject { } field when field["code"] is not null && field["fields"] is null => $"{field["code"]}",
        JObject { } place when place["type"] is not null => Place(place),
        JObject { } conditional when conditional["filterCond"] is { } condition => $"{conditional["title"]} {condition}".Trim() is { Length: > 0 } about ? about : "*",
        _ => null,
    };

    /// <summary>A row of the layout, or what stands in one.</summary>
    private static string Place(JObject place)
    {
        var inside = (place["fields"] as JArray ?? []).Select(field => $"{field["code"] ?? field["elementId"] ?? field["label"] ?? field["type"]}");
        var own = $"{place["code"] ?? place["elementId"] ?? place["label"] ?? place["url"] ?? place["file"]?["name"]}";
        return place["code"] is not null ? own : $"{place["type"]} {own}{string.Join('+', inside)}".TrimEnd();
    }
}
