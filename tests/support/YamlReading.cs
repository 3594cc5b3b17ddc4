using YamlDotNet.RepresentationModel;

namespace VulnDiag.TestSupport;

/// <summary>Reading of YAML nodes by key.</summary>
internal static class YamlReading
{
    /// <summary>The node below a chain of keys, or null.</summary>
    public static YamlNode? At(this YamlMappingNode node, params ReadOnlySpan<string> keys)
    {
        YamlNode? at = node;
        foreach (var key in keys)
            at = at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
        return at;
    }

    /// <summary>The text of a key's scalar, or null.</summary>
    public static string? Text(this YamlMappingNode node, string key) => (node.At(key) as YamlScalarNode)?.Value;
}
