using System.CommandLine;
using VulnDiag.Model;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Cli;

/// <summary>What verbs share: the console, the settings, and how data is answered.</summary>
internal sealed class VerbHost(VerbConsole console, IReadOnlyDictionary<string, string?> settingArguments)
{
    private Settings? _settings;

    internal VerbConsole Console { get; } = console;

    internal IReadOnlyDictionary<string, string?> SettingArguments { get; } = settingArguments;

    /// <summary>The settings, checked; loaded when a verb first asks.</summary>
    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    internal Settings Settings => _settings ??= SettingsLoader.Load(SettingsFile, Console.Environment, SettingArguments);

    internal string SettingsFile => Path.Combine(Console.Home, "appsettings.json");

    /// <summary>A path from the settings; a relative one starts at the folder of appsettings.json.</summary>
    internal string PathOf(string setting) => Path.GetFullPath(setting, Console.Home);

    /// <summary>The option that makes a verb answer in JSON.</summary>
    internal static Option<bool> JsonOption() => new("--json") { Description = "Answer as JSON on standard output." };

    /// <summary>The option that names the emulator's port.</summary>
    internal static Option<int> EmulatorPortOption()
    {
        var port = new Option<int>("--port") { Description = "Port of the kintone emulator on localhost; 0 takes a free one.", HelpName = "P" };
        port.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > ushort.MaxValue) result.AddError($"--port must be 0 to {ushort.MaxValue}.");
        });
        return port;
    }

    /// <summary>One JSON value on a line of its own.</summary>
    internal Task AnswerJsonAsync(object value) => Console.Out.WriteLineAsync(Json.Write(value));
}
