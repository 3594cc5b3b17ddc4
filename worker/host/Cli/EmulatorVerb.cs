using System.CommandLine;
using VulnDiag.Lab.Kintone;

namespace VulnDiag.Worker.Cli;

/// <summary><c>emulator</c>: the kintone emulator alone, on localhost.</summary>
internal sealed class EmulatorVerb : IVerb
{
    private readonly Option<string?> _data = new("--data") { Description = "Folder that holds everything; without it the emulator forgets at its end.", HelpName = "DIR", Recursive = true };

    public Command Build(VerbHost host)
    {
        var port = VerbHost.EmulatorPortOption();
        var users = new Option<string[]>("--user") { Description = "A user; the first is administrator, groups and organisations are made as named.", HelpName = "NAME:PASSWORD[:GROUP,…[:ORGANISATION,…]]", AllowMultipleArgumentsPerToken = false };
        var command = new Command("emulator", "Runs the kintone emulator on localhost, its REST API and its portal pages, until stopped.") { port, users, _data };
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(port), result.GetValue(_data), result.GetValue(users) ?? [], cancellationToken));
        command.Subcommands.Add(Token(host));
        command.Subcommands.Add(RemoveToken(host));
        command.Subcommands.Add(SetWebhook(host));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, int port, string? data, string[] users, CancellationToken cancellationToken)
    {
        var options = new KintoneEmulatorOptions
        {
            Port = port,
            DataFolder = data is null ? null : OutPath.OfFolder("--data", data),
            Time = host.Console.Time,
            Users = [.. users.Select(static (text, index) => User(text, index == 0))],
        };
        await using var emulator = await KintoneEmulator.StartAsync(options, cancellationToken);
        if (users.Length == 0) await host.Console.Error.WriteLineAsync("Nobody can sign in yet but whom the data folder knows: --user NAME:PASSWORD makes users, the first as administrator; 'apps apply' then makes the apps.");
        await host.Console.Out.WriteLineAsync($"listening on {emulator.Uri.ToString().TrimEnd('/')}");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, host.Console.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping it is how it ends.
        }

        return ExitCode.Done;
    }

    private Command Token(VerbHost host)
    {
        var app = new Option<long>("--app") { Description = "App id.", HelpName = "ID", Required = true };
        var rights = new Option<string>("--rights") { Description = "view,add,edit,delete,manage", HelpName = "LIST", Required = true };
        var token = new Command("token", "Makes an API token for an app in a data folder and prints it. Real kintone makes them in its pages.") { app, rights };
        token.SetAction(async (result, cancellationToken) =>
        {
            await using var emulator = await OpenAsync(host, result.GetValue(_data), cancellationToken);
            try
            {
                await host.Console.Out.WriteLineAsync(await emulator.Admin.AddTokenAsync(result.GetValue(app), Flags<ApiTokenRights>(result.GetValue(rights)!, "--rights", "view, add, edit, delete, manage"), cancellationToken));
            }
            catch (ArgumentException fault)
            {
                throw new VerbFailure(fault.Message);
            }

            return ExitCode.Done;
        });
        return token;
    }

    private Command RemoveToken(VerbHost host)
    {
        var text = new Option<string>("--token") { Description = "The token as it was printed.", HelpName = "TOKEN", Required = true };
        var command = new Command("remove-token", "Deletes an API token in a data folder, also while an emulator runs on it.") { text };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var emulator = await OpenAsync(host, result.GetValue(_data), cancellationToken);
            return await emulator.Admin.RemoveTokenAsync(result.GetValue(text)!, cancellationToken) ? ExitCode.Done : throw new VerbFailure("There is no such token.");
        });
        return command;
    }

    private Command SetWebhook(VerbHost host)
    {
        var app = new Option<long>("--app") { Description = "App id.", HelpName = "ID", Required = true };
        var url = new Option<string>("--url") { Description = "Where to post to: plain HTTP on localhost.", HelpName = "URL", Required = true };
        var events = new Option<string>("--on") { Description = "add,edit,status,comment; all unless named, none takes the webhook away.", HelpName = "LIST", DefaultValueFactory = static _ => "all" };
        var command = new Command("webhook", "Sets a webhook of an app in a data folder, also while an emulator runs on it. Real kintone sets them in its pages.") { app, url, events };
        command.SetAction(async (result, cancellationToken) =>
        {
            var wanted = Flags<WebhookEvents>(result.GetValue(events)!, "--on", "add, edit, status, comment, all, none");
            await using var emulator = await OpenAsync(host, result.GetValue(_data), cancellationToken);
            try
            {
                await emulator.Admin.SetWebhookAsync(result.GetValue(app), result.GetValue(url)!, wanted, cancellationToken);
            }
            catch (ArgumentException fault)
            {
                throw new VerbFailure(fault.Message);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Task<KintoneEmulator> OpenAsync(VerbHost host, string? data, CancellationToken cancellationToken) => data is null
        ? throw new VerbFailure("Name the emulator's folder: --data DIR.", ExitCode.WrongUsage)
        : KintoneEmulator.StartAsync(new KintoneEmulatorOptions { DataFolder = OutPath.OfFolder("--data", data), Time = host.Console.Time }, cancellationToken);

    private static EmulatorUser User(string text, bool administrator)
    {
        var parts = text.Split(':', 4);
        if (parts.Length < 2 || parts[0].Length == 0) throw new VerbFailure($"--user: '{text}' is not NAME:PASSWORD, NAME:PASSWORD:GROUP,GROUP or NAME:PASSWORD:GROUP:ORGANISATION.", ExitCode.WrongUsage);
        return new EmulatorUser(parts[0], parts[1], Listed(2)) { Administrator = administrator, Organizations = Listed(3) };

        string[] Listed(int part) => parts.Length > part ? parts[part].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
    }

    private static T Flags<T>(string text, string option, string words)
        where T : struct, Enum
    {
        var flags = 0;
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            flags |= Enum.TryParse<T>(word, ignoreCase: true, out var flag) && Enum.IsDefined(flag)
                ? Convert.ToInt32(flag, System.Globalization.CultureInfo.InvariantCulture)
                : throw new VerbFailure($"{option}: '{word}' is none of {words}.", ExitCode.WrongUsage);
        }

        return (T)Enum.ToObject(typeof(T), flags);
    }
}
