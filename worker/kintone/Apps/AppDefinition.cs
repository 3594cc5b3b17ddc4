using System.Reflection;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Apps;

/// <summary>One app as its files define it.</summary>
/// <param name="Key">Our name for it: the folder's name.</param>
/// <param name="Settings">Content by setting, in canonical order.</param>
internal sealed partial record AppDefinition(string Key, IReadOnlyDictionary<AppSetting, JObject> Settings)
{
    private const string ResourcePrefix = "app-def/";

    /// <summary>The app's name in kintone, by which it is found.</summary>
    internal string Name => Settings[AppSetting.General].Value<string>("name") ?? throw new InvalidDataException($"{Key}/app.json has no name.");

    /// <summary>Fields by code.</summary>
    internal JObject Fields => (JObject)Settings[AppSetting.Fields]["properties"]!;

    /// <summary>Keys of the apps that this one links to; itself among them when it does.</summary>
    internal IReadOnlyList<string> Links =>
    [
        .. LinkPattern().Matches(Settings[AppSetting.Fields].ToString(Formatting.None))
            .Select(static match => match.Groups[1].Value)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The definitions that ship with this version, an app after those it links to.</summary>
    internal static IReadOnlyList<AppDefinition> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToDictionary(static name => name[ResourcePrefix.Length..], name => Read(assembly, name), StringComparer.Ordinal);
        return Load(files);
    }

    /// <summary>Definitions from texts by <c>key/file.json</c>, an app after those it links to.</summary>
    /// <exception cref="InvalidDataException">A file is missing or unreadable, or apps link to each other in a circle.</exception>
    internal static IReadOnlyList<AppDefinition> Load(IReadOnlyDictionary<string, string> files)
    {
        var keys = files.Keys.Select(static path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return InOrder([.. keys.Select(key => new AppDefinition(key, Settings(key)))]);

        Dictionary<AppSetting, JObject> Settings(string key) =>
            AppSetting.All.ToDictionary(static setting => setting, setting => Parse(files, $"{key}/{setting.File}.json"));
    }

    private static List<AppDefinition> InOrder(List<AppDefinition> apps)
    {
        var ordered = new List<AppDefinition>();
        while (apps.Count > 0)
        {
            var next = apps.Find(app => app.Links.All(link => link == app.Key || ordered.Exists(earlier => earlier.Key == link)))
                ?? throw new InvalidDataException(
                    $"The apps {string.Join(", ", apps.Select(static app => app.Key))} link to each other in a circle, or to an app that is not defined.");
            ordered.Add(next);
            apps.Remove(next);
        }

        return ordered;
    }

    private static JObject Parse(IReadOnlyDictionary<string, string> files, string path)
    {
        if (!files.TryGetValue(path, out var text)) throw new InvalidDataException($"{path} is missing.");
        try
        {
            return (JObject)CanonicalJson.Sort(Json.ReadObject(text));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} does not read as JSON: {fault.Message}", fault);
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\$\{([a-z-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();
}
