using System.CommandLine;
using VulnDiag.Kintone.Apps;
using VulnDiag.Model;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Cli;

/// <summary><c>apps plan|apply|export|check</c>: the kintone apps as code.</summary>
internal sealed class AppsVerb : IVerb
{
    private readonly Option<string?> _url = new("--url") { Description = "Address of the tenant; the setting Kintone:Url otherwise.", HelpName = "URL", Recursive = true };
    private readonly Option<string?> _user = new("--user") { Description = "Login name of an administrator; the setting Kintone:User otherwise.", HelpName = "NAME", Recursive = true };

    public Command Build(VerbHost host)
    {
        var apps = new Command("apps", "The kintone apps as code. The password comes from VULNDIAG__Kintone__Password, Kintone:PasswordFile, or is asked for.") { _url, _user };
        apps.Subcommands.Add(Plan(host));
        apps.Subcommands.Add(Apply(host));
        apps.Subcommands.Add(Export(host));
        apps.Subcommands.Add(Check(host));
        return apps;
    }

    private Command Plan(VerbHost host)
    {
        var json = VerbHost.JsonOption();
        var plan = new Command("plan", "Shows what an apply would change; changes nothing.") { json };
        plan.SetAction((result, cancellationToken) => WithAppsAsync(host, result, new(), async apps =>
        {
            var answer = await apps.PlanAsync(cancellationToken);
            await AnswerAsync(host, result.GetValue(json), answer, WithByHand(answer.Lines));
            return answer.Mistakes.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }));
        return plan;
    }

    private Command Apply(VerbHost host)
    {
        var json = VerbHost.JsonOption();
        var destroy = new Option<bool>("--allow-destroy") { Description = "Also remove fields that are not in the definitions, with all that is in them." };
        var drafts = new Option<bool>("--take-drafts") { Description = "Also deploy what somebody else has changed and not deployed." };
        var apply = new Command("apply", "Makes the apps as they are defined. Can be run again.") { json, destroy, drafts };
        apply.SetAction((result, cancellationToken) => WithAppsAsync(host, result, new(result.GetValue(destroy), result.GetValue(drafts)), async apps =>
        {
            var answer = await apps.ApplyAsync(cancellationToken);
            await AnswerAsync(host, result.GetValue(json), answer, answer.Lines.Count > 0 ? answer.Lines : ["Nothing to do: the apps are as defined."]);
            return answer.Succeeded ? ExitCode.Done : ExitCode.Failed;
        }));
        return apply;
    }

    private Command Export(VerbHost host)
    {
        var output = new Option<string?>("--out") { Description = "Folder for the files; without it they go to standard output as one JSON object.", HelpName = "DIR" };
        var export = new Command("export", "Reads the apps back as files, byte for byte what a definition of them would be.") { output };
        export.SetAction((result, cancellationToken) => WithAppsAsync(host, result, new(), async apps =>
        {
            var files = await apps.ExportAsync(cancellationToken);
            if (result.GetValue(output) is { } folder) await WriteAsync(files, folder, cancellationToken);
            else await host.AnswerJsonAsync(files);
            return ExitCode.Done;
        }));
        return export;
    }

    private Command Check(VerbHost host)
    {
        var json = VerbHost.JsonOption();
        var check = new Command("check", "Proves that the apps have not drifted from their definitions, nor those from the life cycle.") { json };
        check.SetAction((result, cancellationToken) => WithAppsAsync(host, result, new(), async apps =>
        {
            var answer = await apps.CheckAsync(cancellationToken);
            await AnswerAsync(host, result.GetValue(json), answer, answer.Lines);
            return answer.Sound ? ExitCode.Done : ExitCode.Failed;
        }));
        return check;
    }

    private sealed record Leave(bool Destroy = false, bool TakeDrafts = false);

    private async Task<int> WithAppsAsync(VerbHost host, ParseResult result, Leave leave, Func<AppsAsCode, Task<int>> work)
    {
        var options = host.Settings.Kintone;
        var url = result.GetValue(_url) ?? options.Url;
        var user = result.GetValue(_user) ?? options.User;
        if (url.Length == 0 || user.Length == 0) throw new VerbFailure("Name the tenant and an administrator: --url https://example.cybozu.com --user NAME.", ExitCode.WrongUsage);
        var password = await PasswordAsync(host, user);
        try
        {
            using var client = KintoneDoor.Open(url, user, password, options, host.Console.Time);
            return await work(KintoneDoor.Apps(client, url, options, host.Console.Home, leave.Destroy, leave.TakeDrafts));
        }
        catch (ArgumentException fault)
        {
            throw new VerbFailure(fault.Message, ExitCode.WrongUsage);
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException)
        {
            throw new VerbFailure(fault.Message);
        }
    }

    private static async Task<string> PasswordAsync(VerbHost host, string user)
    {
        var options = host.Settings.Kintone;
        var file = options.PasswordFile.Length > 0 ? host.PathOf(options.PasswordFile) : "";
        if (SecretFile.Read(options.Password, file, "Kintone:Password") is { Length: > 0 } known) return known;
        if (!host.Console.InIsTerminal) throw new VerbFailure($"There is no password for {user}: set VULNDIAG__Kintone__Password or Kintone:PasswordFile.", ExitCode.WrongUsage);
        await host.Console.Error.WriteAsync($"Password of {user}: ");
        return SecretPrompt.Read(host.Console.Error);
    }

    private static async Task AnswerAsync(VerbHost host, bool json, object answer, IReadOnlyList<string> lines)
    {
        if (json) await host.AnswerJsonAsync(answer);
        else foreach (var line in lines) await host.Console.Out.WriteLineAsync(host.Console.OutIsTerminal ? Coloured(line) : line);
    }

    /// <summary>A line of a difference in the colour of what it does: green adds, red takes away or is wrong, yellow changes, the rest plain.</summary>
    private static string Coloured(string line) => line.Split(' ')[0] switch
    {
        "+" => $"\e[32m{line}\e[0m",
        "-" or "!" => $"\e[31m{line}\e[0m",
        "~" or "?" => $"\e[33m{line}\e[0m",
        _ => line,
    };

    private static IReadOnlyList<string> WithByHand(IReadOnlyList<string> lines) =>
        [.. lines, "", "By hand, in kintone's pages:", .. AppsAsCode.ByHand.Select(static task => $"  * {task}")];

    private static async Task WriteAsync(IReadOnlyDictionary<string, string> files, string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, Json.Utf8, cancellationToken);
        }
    }
}
