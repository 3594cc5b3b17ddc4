using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;

namespace VulnDiag.Report.Texts;

/// <summary>One of the data files that hold all words of the report: a tree of texts, some with <c>{placeholders}</c>.</summary>
internal sealed partial class TextFile
{
    private readonly string name;
    private readonly JObject root;

    private TextFile(string name, JObject root)
    {
        this.name = name;
        this.root = root;
        Tree = Dictionary(root);
    }

    /// <summary>The whole file for a template.</summary>
    internal IReadOnlyDictionary<string, object> Tree { get; }

    /// <summary>The text at a dotted path.</summary>
    internal string this[string path] => TextAt(path) ?? throw new KeyNotFoundException($"{name}.ja.json has no text '{path}'.");

    internal static TextFile Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.Report.Texts.{name}.ja.json")
            ?? throw new InvalidOperationException($"{name}.ja.json is not embedded.");
        using var reader = new StreamReader(stream);
        return new TextFile(name, Json.ReadObject(reader.ReadToEnd()));
    }

    /// <summary>The text at a dotted path, or null. A dot within a name is not looked for.</summary>
    internal string? TextAt(string path)
    {
        JToken? token = root;
        foreach (var part in path.Split('.')) token = (token as JObject)?.GetValue(part, StringComparison.Ordinal);
        return (token as JValue)?.Value<string>();
    }

    /// <summary>The texts of a list.</summary>
    internal IReadOnlyList<string> List(string path)
    {
        JToken? token = root;
        foreach (var part in path.Split('.')) token = (token as JObject)?.GetValue(part, StringComparison.Ordinal);
        return token is JArray list ? [.. list.Values<string>().Select(static text => text!)] : throw new KeyNotFoundException($"{name}.ja.json has no list '{path}'.");
    }

    /// <summary>The text at a path with its placeholders filled, in one pass: braces in a value stay what they are.</summary>
    internal string Fill(string path, params (string Name, object Value)[] values) => Placeholders().Replace(this[path], match =>
    {
        var found = values.FirstOrDefault(value => value.Name == match.Groups["name"].Value);
        return found.Name is null
            ? throw new KeyNotFoundException($"{name}.ja.json '{path}': nothing fills {match.Value}.")
            : Convert.ToString(found.Value, CultureInfo.InvariantCulture) ?? "";
    });

    private static Dictionary<string, object> Dictionary(JObject node) =>
        node.Properties().ToDictionary(static property => property.Name, static property => Value(property.Value), StringComparer.Ordinal);

    private static object Value(JToken token) => token switch
    {
        JObject node => Dictionary(node),
        JArray list => list.Select(Value).ToList(),
        _ => token.Value<string>() ?? "",
    };

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture)]
    internal static partial Regex Placeholders();
}
