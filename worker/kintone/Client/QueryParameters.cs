using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>Writes parameters into a query string: lists as <c>ids[0]=1&amp;ids[1]=2</c>, everything percent-encoded.</summary>
/// <remarks>Source: RULES.md "Transport and authentication".</remarks>
internal static class QueryParameters
{
    internal static IReadOnlyList<(string Name, string Value)> Of(JObject parameters)
    {
        var pairs = new List<(string, string)>();
        foreach (var parameter in parameters.Properties()) Add(pairs, parameter.Name, parameter.Value);
        return pairs;
    }

    private static void Add(List<(string, string)> pairs, string name, JToken value)
    {
        switch (value)
        {
            case JArray list:
                for (var index = 0; index < list.Count; index++) Add(pairs, $"{name}[{index}]", list[index]);
                break;
            case JValue { Value: null }:
                break;
            case JValue { Value: bool yes }:
                pairs.Add((Uri.EscapeDataString(name), yes ? "true" : "false"));
                break;
            case JValue single:
                pairs.Add((Uri.EscapeDataString(name), Uri.EscapeDataString(Convert.ToString(single.Value, CultureInfo.InvariantCulture)!)));
                break;
            default:
                throw new ArgumentException($"'{name}' is an object: kintone's reading calls take values and lists only.");
        }
    }
}
