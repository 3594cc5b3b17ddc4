using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Reads parameters from a query string: <c>ids[0]=1&amp;ids[1]=2</c>, <c>ids=1&amp;ids=2</c> and <c>app=1</c>.</summary>
internal static partial class QueryStringReader
{
    /// <summary>The parameters as a JSON object of texts and lists of texts.</summary>
    public static JObject Read(IQueryCollection query)
    {
        var values = new JObject();
        var lists = new Dictionary<string, SortedDictionary<int, string>>(StringComparer.Ordinal);
        foreach (var (key, written) in query)
        {
            var match = Indexed().Match(key);
            if (match.Success && int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                var name = match.Groups["name"].Value;
                (lists.TryGetValue(name, out var list) ? list : lists[name] = [])[index] = written.ToString();
                continue;
            }

            values[key] = written.Count == 1 ? written[0] : new JArray(written.Select(value => value ?? ""));
        }

        foreach (var (name, list) in lists) values[name] = new JArray(list.Values);
        return values;
    }

    [GeneratedRegex(@"^(?<name>[^\[\]]+)\[(?<index>\d{1,6})\]$")]
    private static partial Regex Indexed();
}
