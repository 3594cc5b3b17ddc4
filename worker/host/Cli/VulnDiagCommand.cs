using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Cli;

/// <summary>The command line as a whole: finds the verb, runs it, and turns what went wrong into a sentence and an exit code.</summary>
internal static partial class VulnDiagCommand
{
    private const string DefaultVerb = "run";
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(20);

    internal static async Task<int> RunAsync(string[] args, VerbConsole console, CancellationToken cancellationToken = default)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (words, settingArguments) = Split(args);
        var host = new VerbHost(console, settingArguments);
        var result = Build(host).Parse(WithVerb(words));
        if (result.Errors.Count > 0)
        {
            foreach (var fault in Faults(result)) await console.Error.WriteLineAsync(fault);
            await console.Error.WriteLineAsync($"See: {PathOf(result.CommandResult)} --help");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await result.InvokeAsync(
                new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout },
                cancellationToken);
        }
        catch (Exception fault)
        {
            return await ExplainAsync(fault, console);
        }
    }

    internal static Command Build(VerbHost host)
    {
        // Not a RootCommand: that one names itself after the executable, and people type the launcher's name.
        var root = new Command("vulndiag", "From a hospital's hearing to the report of its diagnosis. Settings: appsettings.json, VULNDIAG__Section__Key, --Section:Key=value.")
        {
            new HelpOption(),
            new VersionOption(),
        };
        foreach (var verb in VerbCatalogue.All) root.Subcommands.Add(verb.Build(host));
        return root;
    }

    private static async Task<int> ExplainAsync(Exception fault, VerbConsole console)
    {
        var (words, code) = fault switch
        {
            VerbFailure failure => (failure.Message, failure.ExitCode),
            SettingsException settings => ($"The settings cannot be used:{Environment.NewLine}{settings.Message}", ExitCode.WrongUsage),
            OperationCanceledException => ("Stopped before it was done.", ExitCode.Failed),
            _ => (FailureWords.Of(fault), ExitCode.Failed),
        };
        await console.Error.WriteLineAsync(words);
        return code;
    }

    // The parser's own first words for an unknown verb are that a verb is missing, which it is not.
    private static IEnumerable<string> Faults(ParseResult result) =>
        result.CommandResult.Parent is null && result.UnmatchedTokens is [var word, ..]
            ? [$"There is no verb '{word}'. The verbs are: {string.Join(", ", result.CommandResult.Command.Subcommands.Where(static verb => !verb.Hidden).Select(static verb => verb.Name))}."]
            : result.Errors.Select(static error => error.Message);

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult above ? $"{PathOf(above)} {command.Command.Name}" : command.Command.Name;

    // `--Section:Key=value` is a setting wherever it stands; no option of a verb has a colon in its name.
    private static (string[] Words, Dictionary<string, string?> Settings) Split(string[] args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var words = new List<string>();
        foreach (var arg in args)
        {
            var match = SettingArgument().Match(arg);
            if (match.Success) settings[match.Groups[1].Value] = match.Groups[2].Value;
            else words.Add(arg);
        }

        return ([.. words], settings);
    }

    private static string[] WithVerb(string[] words) =>
        words is [] || (words[0].StartsWith('-') && words[0] is not ("--help" or "-h" or "-?" or "--version")) ? [DefaultVerb, .. words] : words;

    [GeneratedRegex(@"^--([A-Za-z]+(?::[A-Za-z0-9]+)+)=(.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex SettingArgument();
}
