using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace VulnDiag.Worker.Options;

/// <summary>Reads appsettings.json, then the environment, then the command line; the later wins.</summary>
internal static class SettingsLoader
{
    internal const string EnvironmentPrefix = "VULNDIAG__";

    /// <summary>Loads and checks everything.</summary>
    /// <exception cref="SettingsException">One or more settings are wrong; all of them are named.</exception>
    internal static Settings Load(string file, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string?> arguments)
    {
        var faults = new List<SettingsFault>();
        var json = ReadFile(file, faults);
        faults.AddRange(SecretsIn(json, "appsettings.json"));
        faults.AddRange(SecretsIn(arguments, "the command line, where every user of this machine can read it"));
        var (settings, wrong) = SettingsBinder.Bind(new ConfigurationBuilder()
            .AddInMemoryCollection(json)
            .AddInMemoryCollection(FromEnvironment(environment))
            .AddInMemoryCollection(arguments)
            .Build());
        faults.AddRange(wrong);
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }

    /// <summary>Checks that nothing is blank that the caller cannot do without.</summary>
    /// <exception cref="SettingsException">Something is blank; all blanks are named.</exception>
    internal static void Require(Settings settings, params string[] sections)
    {
        var faults = Missing(settings).Where(fault => sections.Contains(fault.Key.Split(':')[0])).ToList();
        if (faults.Count > 0) throw new SettingsException(faults);
    }

    /// <summary>Every blank that the worker cannot run without.</summary>
    internal static IEnumerable<SettingsFault> Missing(Settings settings) =>
        from property in typeof(Settings).GetProperties()
        let section = property.GetValue(settings) as INeedsSettings
        where section is not null
        from name in section.Missing()
        let key = $"{property.Name}:{name}"
        select new SettingsFault(key, "is blank.", Blank: true);

    private static Dictionary<string, string?> ReadFile(string file, List<SettingsFault> faults)
    {
        if (!File.Exists(file)) return [];
        try
        {
            return new ConfigurationBuilder().AddJsonFile(file, optional: false, reloadOnChange: false).Build()
                .AsEnumerable().ToDictionary(static pair => pair.Key, static pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or IOException)
        {
            faults.Add(new(Path.GetFileName(file), $"cannot be read as JSON: {fault.GetBaseException().Message}"));
            return [];
        }
    }

    private static Dictionary<string, string?> FromEnvironment(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(static pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(
                static pair => pair.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                static pair => (string?)pair.Value,
                StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<SettingsFault> SecretsIn(IEnumerable<KeyValuePair<string, string?>> source, string where)
    {
        var secrets = SettingsBinder.Keys(typeof(Settings))
            .Where(static entry => entry.Property.GetCustomAttribute<SecretAttribute>() is not null)
            .Select(static entry => entry.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return source.Where(pair => secrets.Contains(pair.Key) && !string.IsNullOrEmpty(pair.Value))
            .Select(pair => new SettingsFault(pair.Key, $"is a secret and must not stand in {where}. Use the environment or a 0600 file ({pair.Key}File)."));
    }
}
