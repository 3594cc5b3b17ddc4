using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace VulnDiag.Worker.Demo;

/// <summary>The table at the end of the demo.</summary>
internal static class DemoTable
{
    private const int Width = 110;

    internal static async Task WriteAsync(TextWriter output, JObject summary, DemoFolder folder)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = Width;
        var table = new Table().AddColumns("record", "hospital", "state", "lines", "report");
        foreach (var engagement in summary["engagements"]!)
        {
            var lines = summary["lines"]!.Where(line => (long)line["record"]! == (long)engagement["record"]!)
                .Select(static line => $"{(string?)line["line"]}:{(string?)line["no"] ?? "-"}{(string?)line["decision"]} {(string?)line["outcome"]}");
            table.AddRow(
                new Text((string)engagement["record"]!),
                new Text((string)engagement["hospital"]!),
                new Text((string)engagement["state"]!),
                new Text(string.Join('\n', lines)),
                new Text((string?)(engagement["report"] as JObject)?["pdf"] ?? ""));
        }

        console.Write(table);
        await output.WriteLineAsync($"mails: {string.Join("  ", ((JObject)summary["mails"]!).Properties().Select(static mail => $"{mail.Name} {mail.Value}"))}");
        await output.WriteLineAsync($"findings: {string.Join("  ", ((JObject)summary["findings"]!).Properties().Select(static finding => $"{finding.Name} {finding.Value}"))}");
        await output.WriteLineAsync($"written to {folder.Path}");
    }
}
