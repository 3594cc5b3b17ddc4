using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using VulnDiag.TestSupport;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Tests.Options;

/// <summary>docs/settings.md is made from the settings and their documentation; <c>UPDATE_GOLDEN=1</c> writes it anew.</summary>
public sealed class SettingsTableTests
{
    private static readonly Lazy<Dictionary<string, string>> Words = new(static () =>
        XDocument.Load(Path.ChangeExtension(typeof(Settings).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(static member => (string)member.Attribute("name")!, static member => Plain(member.Element("summary")), StringComparer.Ordinal));

    [Fact]
    public void The_documented_settings_are_those_that_are_read()
    {
        var path = Path.Combine(SharedMaterial.RepositoryRoot, "docs", "settings.md");
        var table = Build();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, table);

        File.ReadAllText(path).ShouldBe(table, "run the tests once with UPDATE_GOLDEN=1");
    }

    private static string Build()
    {
        var text = new StringBuilder("# Settings\n\nMade from the code (SettingsTableTests). A setting `Section:Key` stands in `appsettings.json`, in the environment as `VULNDIAG__Section__Key` (a list's entries as `…__0`, `…__1`) or on the command line as `--Section:Key=value`; the later wins. Secrets come from the environment or from a file that only its owner may read.\n");
        foreach (var section in typeof(Settings).GetProperties())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Name}\n\n{Of(section)}\n\n| setting | default | what |\n| --- | --- | --- |\n");
            foreach (var (key, property, owner) in Below(section.GetValue(new Settings())!, $"{section.Name}:"))
                text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {Default(property.GetValue(owner))} | {Of(property)}{Limits(property)} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, PropertyInfo Property, object Owner)> Below(object owner, string prefix)
    {
        var keys = SettingsBinder.Keys(owner.GetType()).Select(static entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var property in owner.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (keys.Contains(property.Name)) yield return (prefix + property.Name, property, owner);
            else if (property.GetValue(owner) is { } inner)
                foreach (var entry in Below(inner, $"{prefix}{property.Name}:")) yield return entry;
        }
    }

    private static string Of(PropertyInfo property) => Words.Value[$"P:{property.DeclaringType!.FullName}.{property.Name}"];

    private static string Default(object? value) => value switch
    {
        string { Length: 0 } or null => "–",
        System.Collections.IEnumerable list when value is not string => list.Cast<object>().Any() ? string.Join(", ", list.Cast<object>()) : "none",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static string Limits(PropertyInfo property) =>
        (property.GetCustomAttribute<RangeAttribute>() is { } range ? string.Create(CultureInfo.InvariantCulture, $" {range.Minimum} to {range.Maximum}.") : "")
        + (property.PropertyType.IsEnum ? $" One of {string.Join(", ", Enum.GetNames(property.PropertyType))}." : "")
        + (property.GetCustomAttribute<SecretAttribute>() is not null ? " A secret: not in appsettings.json." : "");

    /// <summary>The words of a summary: code stays code, what is referred to becomes its name.</summary>
    private static string Plain(XElement? summary) => summary is null ? "" : string.Join(' ', string.Concat(summary.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element => $"`{((string?)element.Attribute("cref"))?.Split('.')[^1]}`",
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
