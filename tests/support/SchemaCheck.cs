using System.Globalization;
using Newtonsoft.Json.Linq;
using YamlDotNet.RepresentationModel;

namespace VulnDiag.TestSupport;

/// <summary>Checks JSON against the part of JSON Schema that kintone's description uses, relaxed as <see cref="OpenApiDescription"/> says.</summary>
internal sealed class SchemaCheck(YamlMappingNode schemas)
{
    private const string ReferencePrefix = "#/components/schemas/";

    /// <summary>What does not fit, each with its path.</summary>
    public IReadOnlyList<string> Faults(JToken token, YamlNode schema, bool isAnswer) => [.. Check(token, Resolve(schema), "$", isAnswer)];

    private YamlMappingNode Resolve(YamlNode schema)
    {
        var node = (YamlMappingNode)schema;
        while (node.Text("$ref") is { } reference) node = (YamlMappingNode)schemas[reference[ReferencePrefix.Length..]];
        return node;
    }

    private IEnumerable<string> Check(JToken token, YamlMappingNode schema, string path, bool isAnswer)
    {
        if (isAnswer && token.Type == JTokenType.Null) return [];
        if ((schema.At("anyOf") ?? schema.At("oneOf")) is YamlSequenceNode choices)
        {
            var faults = choices.Select(choice => Check(token, Resolve(choice), path, isAnswer).ToList()).ToList();
            return faults.Exists(list => list.Count == 0) ? [] : [$"{path}: {Show(token)} fits none of {faults.Count} forms, for instance: {faults[0][0]}"];
        }

        return schema.Text("type") switch
        {
            "object" => CheckObject(token, schema, path, isAnswer),
            "array" => CheckArray(token, schema, path, isAnswer),
            "integer" or "number" => IsNumber(token) ? [] : [$"{path}: {Show(token)} is no number."],
            "boolean" => IsSwitch(token, isAnswer) ? [] : [$"{path}: {Show(token)} is no switch."],
            "string" => CheckText(token, schema, path, isAnswer),
            _ => [],
        };
    }

    private IEnumerable<string> CheckObject(JToken token, YamlMappingNode schema, string path, bool isAnswer)
    {
        if (token is not JObject given) return [$"{path}: {Show(token)} is no object."];
        var required = (schema.At("required") as YamlSequenceNode)?.Children.Select(name => name.ToString()) ?? [];
        var missing = required.Where(name => given[name] is null).Select(name => $"{path}.{name} is missing.");
        var wrong = given.Properties().SelectMany(property => CheckProperty(property, schema, path, isAnswer));
        return missing.Concat(wrong);
    }

    private IEnumerable<string> CheckProperty(JProperty property, YamlMappingNode schema, string path, bool isAnswer)
    {
        var described = schema.At("properties", property.Name) ?? schema.At("additionalProperties");
        return described is YamlMappingNode ? Check(property.Value, Resolve(described), $"{path}.{property.Name}", isAnswer) : [];
    }

    private IEnumerable<string> CheckArray(JToken token, YamlMappingNode schema, string path, bool isAnswer)
    {
        if (token is not JArray list) return [$"{path}: {Show(token)} is no list."];
        return schema.At("items") is { } items ? list.SelectMany((item, index) => Check(item, Resolve(items), $"{path}[{index}]", isAnswer)) : [];
    }

    private static IEnumerable<string> CheckText(JToken token, YamlMappingNode schema, string path, bool isAnswer)
    {
        var text = token.Type == JTokenType.String ? (string)token! : null;
        if (text is null && (isAnswer || token is not JValue)) return [$"{path}: {Show(token)} is no text."];
        var comparison = isAnswer ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var isKnown = schema.At("enum") is not YamlSequenceNode words || words.Any(word => string.Equals(word.ToString(), text, comparison));
        return isKnown ? [] : [$"{path}: {Show(token)} is none of the enumerated words."];
    }

    private static bool IsNumber(JToken token) => token.Type switch
    {
        JTokenType.Integer or JTokenType.Float => true,
        JTokenType.String => (string)token! is "" || decimal.TryParse((string)token!, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static bool IsSwitch(JToken token, bool isAnswer) =>
        token.Type == JTokenType.Boolean || (!isAnswer && token.Type == JTokenType.String && bool.TryParse((string)token!, out _));

    private static string Show(JToken token)
    {
        var text = token.ToString(Newtonsoft.Json.Formatting.None);
        return text.Length <= 80 ? text : text[..80] + "…";
    }
}
