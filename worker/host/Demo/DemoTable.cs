using System.Globalization;
using Newtonsoft.Json.Linq;
using Spectre.Console;

namespace VulnDiag.Worker.Demo;

/// <summary>The table at the end of the demo, as wide as the terminal that shows it.</summary>
internal static class DemoTable
{
    /// <summary>Columns where there is no terminal to ask: files and pipes.</summary>
    private const int PlainWidth = 110;

    // The three decisions of the triage table, and what stands where no row of it applies.
    private const string Legend = "lines: ID:row of the triage table (- for none) and decision (\u25CB yes, \u25B3 on conditions, \u00D7 no), then what became of the line";

    /// <param name="output">Where to.</param>
    /// <param name="width">Columns of the terminal; null where there is none.</param>
    /// <param name="summary">What summary.json says.</param>
    /// <param name="folder">The demo's folder: where the files of the reports are.</param>
    internal static async Task WriteAsync(TextWriter output, int? width, JObject summary, string folder)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width ?? PlainWidth;
        console.Write(Engagements(summary));
        console.Write(new Text(Legend + "\n\n"));
        // A terminal breaks a name that is too long for it without hurting the name; a table would cut it.
        await output.WriteLineAsync("reports (a workbook lies beside each that is not for a vendor):");
        foreach (var report in Reports(summary, folder)) await output.WriteLineAsync($"  {report}");
        foreach (var counts in (string[])["mails", "findings"])
        {
            console.Write(new Text($"\n{counts}:\n"));
            console.Write(new Padder(Counts((JObject)summary[counts]!), new Padding(2, 0, 0, 0)));
        }

        await output.WriteLineAsync($"\nwritten to {folder}");
    }

    private static Table Engagements(JObject summary)
    {
        var table = new Table().AddColumns("record", "hospital", "state", "lines");
        foreach (var engagement in summary["engagements"]!)
        {
            var lines = summary["lines"]!.Where(line => (long)line["record"]! == (long)engagement["record"]!)
                .Select(static line => $"{(string?)line["line"]}:{(string?)line["no"] ?? "-"}{(string?)line["decision"]} {(string?)line["outcome"]}");
            table.AddRow(
                new Text(((long)engagement["record"]!).ToString(CultureInfo.InvariantCulture)),
                new Text((string)engagement["hospital"]!),
                new Text((string)engagement["state"]!),
                new Text(string.Join('\n', lines)));
        }

        return table;
    }

    private static Columns Counts(JObject counts) =>
        new Columns(counts.Properties().Select(static count => new Text($"{count.Name} {count.Value}"))).Collapse();

    /// <summary>Every PDF that a hospital has got: the reports and the vendors' slices beside them.</summary>
    private static IEnumerable<string> Reports(JObject summary, string folder) => summary["engagements"]!
        .Select(static engagement => (string?)(engagement["report"] as JObject)?["pdf"]).OfType<string>()
        .SelectMany(pdf => Directory.EnumerateFiles(Path.GetDirectoryName(Path.Combine(folder, pdf))!, "*.pdf").Order(StringComparer.Ordinal))
        .Select(file => Path.GetRelativePath(folder, file));
}
