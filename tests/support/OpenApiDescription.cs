using Newtonsoft.Json.Linq;
using YamlDotNet.RepresentationModel;

namespace VulnDiag.TestSupport;

/// <summary>An OpenAPI description, and whether requests and answers fit it.</summary>
/// <remarks>
/// Relaxed as ../shared/kintone/README.md says, because kintone's own answers do not fit its description to the letter: numbers may be strings of digits,
/// an answer's value may be null, <c>oneOf</c> is read as <c>anyOf</c>; in requests switches may be strings and enumerations may be written in any case.
/// </remarks>
public sealed class OpenApiDescription
{
    private const string KintoneFile = "kintone/openapi-20250423000000.yaml";
    private static readonly Lazy<OpenApiDescription?> Kintone = new(() => SharedMaterial.Find(KintoneFile) is { } file ? Load(file) : null);

    private readonly YamlMappingNode _root;
    private readonly SchemaCheck _schemas;

    private OpenApiDescription(YamlMappingNode root)
    {
        _root = root;
        _schemas = new SchemaCheck((YamlMappingNode)root["components"]["schemas"]);
    }

    /// <summary>kintone's description; skips the running test where it is not beside the clone.</summary>
    public static OpenApiDescription OfKintone()
    {
        SharedMaterial.PathOf(KintoneFile);
        return Kintone.Value!;
    }

    /// <summary>kintone's description, or null where it is not beside the clone.</summary>
    public static OpenApiDescription? OfKintoneIfThere() => Kintone.Value;

    /// <summary>Reads a description.</summary>
    public static OpenApiDescription Load(string file)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new OpenApiDescription((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    /// <summary>What is wrong with a request: nothing when the list is empty.</summary>
    /// <param name="method">GET, POST, PUT or DELETE.</param>
    /// <param name="path">The path from <c>/k/</c> on.</param>
    /// <param name="parameters">All parameters, from the query string or the body.</param>
    public IReadOnlyList<string> FaultsOfRequest(string method, string path, JObject parameters)
    {
        if (Operation(method, path) is not { } operation) return [$"{method} {path} is not described."];
        if (operation.At("requestBody", "content", "application/json", "schema") is { } schema) return _schemas.Faults(parameters, schema, isAnswer: false);
        var described = (operation.At("parameters") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>().ToList() ?? [];
        return [.. Missing(described, parameters), .. parameters.Properties().SelectMany(given => FaultsOfParameter(given, described))];
    }

    /// <summary>What is wrong with a successful answer: nothing when the list is empty.</summary>
    public IReadOnlyList<string> FaultsOfAnswer(string method, string path, JToken body)
    {
        if (Operation(method, path) is not { } operation) return [$"{method} {path} is not described."];
        return operation.At("responses", "200", "content", "application/json", "schema") is { } schema ? _schemas.Faults(body, schema, isAnswer: true) : [];
    }

    private static IEnumerable<string> Missing(List<YamlMappingNode> described, JObject parameters) =>
        from parameter in described
        where parameter.Text("required") == "true" && parameters[parameter.Text("name")!] is null
        select $"{parameter.Text("name")} is missing.";

    private IEnumerable<string> FaultsOfParameter(JProperty given, List<YamlMappingNode> described)
    {
        var parameter = described.Find(candidate => candidate.Text("name") == given.Name);
        return parameter is null ? [$"{given.Name} is not described."] : _schemas.Faults(given.Value, parameter.At("schema")!, isAnswer: false);
    }

    private YamlMappingNode? Operation(string method, string path)
    {
        var plain = System.Text.RegularExpressions.Regex.Replace(path, "^/k/guest/[0-9]+/", "/k/");
        return _root.At("paths", plain, method.ToLowerInvariant()) as YamlMappingNode;
    }
}
