using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace VulnDiag.Worker.Options;

/// <summary>Fills the records from the configuration and collects every fault, where the framework's binder stops at the first.</summary>
internal sealed class SettingsBinder
{
    private readonly List<SettingsFault> _faults = [];

    internal static (Settings Settings, IReadOnlyList<SettingsFault> Faults) Bind(IConfiguration configuration)
    {
        var binder = new SettingsBinder();
        var settings = (Settings)binder.Fill(new Settings(), configuration, "");
        return (settings, binder._faults);
    }

    /// <summary>Key paths of every setting, in the order of the records.</summary>
    internal static IEnumerable<(string Key, PropertyInfo Property)> Keys(Type type, string prefix = "")
    {
        foreach (var property in Properties(type))
        {
            var key = prefix + property.Name;
            if (IsSection(property.PropertyType))
                foreach (var below in Keys(property.PropertyType, key + ":")) yield return below;
            else
                yield return (key, property);
        }
    }

    private object Fill(object target, IConfiguration configuration, string prefix)
    {
        var properties = Properties(target.GetType()).ToDictionary(static property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in configuration.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out var property))
                _faults.Add(new(prefix + child.Key, $"is not a setting. Here are: {string.Join(", ", properties.Keys)}."));
            else if (Value(property, target, child, prefix + property.Name) is { } value)
                property.SetValue(target, value);
        }

        Check(target, prefix);
        return target;
    }

    private object? Value(PropertyInfo property, object owner, IConfigurationSection section, string key)
    {
        if (IsSection(property.PropertyType)) return Fill(property.GetValue(owner)!, section, key + ":");
        if (IsList(property.PropertyType)) return List(section, key);
        if (section.Value is not { } text)
        {
            _faults.Add(new(key, "must be one value."));
            return null;
        }

        try
        {
            var value = TypeDescriptor.GetConverter(property.PropertyType).ConvertFromString(null, CultureInfo.InvariantCulture, text);
            if (value is not Enum || Enum.IsDefined(property.PropertyType, value)) return value;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            // Said below, in the setting's own words.
        }

        _faults.Add(new(key, $"cannot be '{text}': {Expected(property.PropertyType)}."));
        return null;
    }

    private List<string>? List(IConfigurationSection section, string key)
    {
        var children = section.GetChildren().ToList();
        if (children.All(static child => child.Value is not null && int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && string.IsNullOrEmpty(section.Value))
            return [.. children.OrderBy(static child => int.Parse(child.Key, CultureInfo.InvariantCulture)).Select(static child => child.Value!)];
        _faults.Add(new(key, $"is a list: write [\"…\"] in appsettings.json, or {SettingsLoader.EnvironmentPrefix}{key.Replace(":", "__", StringComparison.Ordinal)}__0 in the environment."));
        return null;
    }

    private void Check(object target, string prefix)
    {
        foreach (var property in Properties(target.GetType()))
        {
            var results = new List<ValidationResult>();
            var context = new ValidationContext(target) { MemberName = property.Name, DisplayName = "the value" };
            if (!Validator.TryValidateProperty(property.GetValue(target), context, results))
                _faults.AddRange(results.Select(result => new SettingsFault(prefix + property.Name, Words(property, result.ErrorMessage!))));
        }

        _faults.AddRange(Rules(target).Select(failure => failure.Split(": ", 2)).Select(parts => new SettingsFault(prefix + parts[0], parts[1])));
    }

    // The framework's own sentence begins with "The field".
    private static string Words(PropertyInfo property, string message) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"must be between {range.Minimum} and {range.Maximum}.")
        : property.GetCustomAttribute<RequiredAttribute>() is not null && message.Contains("required", StringComparison.Ordinal) ? "must not be blank." : message;

    private static IEnumerable<string> Rules(object target)
    {
        var wanted = typeof(IValidateOptions<>).MakeGenericType(target.GetType());
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(wanted.IsAssignableFrom))
        {
            var result = (ValidateOptionsResult)wanted.GetMethod("Validate")!.Invoke(Activator.CreateInstance(type), [null, target])!;
            foreach (var failure in result.Failures ?? []) yield return failure;
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !IsList(type);

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => $"it is one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(int) => "it is a whole number",
        _ when type == typeof(bool) => "it is true or false",
        _ => $"it is a {type.Name}",
    };
}
