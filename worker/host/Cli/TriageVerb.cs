using System.CommandLine;
using VulnDiag.Domain.Triage;

namespace VulnDiag.Worker.Cli;

/// <summary><c>triage FILE.csv</c>: which row of the table each line of a CSV meets.</summary>
internal sealed class TriageVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var file = new Argument<string>("FILE.csv") { Description = $"Columns {string.Join(", ", TriageCsv.RequiredColumns)} and, if wanted, access; UTF-8 or Shift_JIS, with a header." };
        var json = VerbHost.JsonOption();
        var command = new Command("triage", "Triages the lines of a CSV file by the decision table. Answers in CSV (UTF-8), one row per row.") { file, json };
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(file)!, result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, string file, bool json, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new VerbFailure($"There is no file {file}.");
        var rows = CsvText.Rows(CsvText.Decode(await File.ReadAllBytesAsync(file, cancellationToken)));
        if (rows.Count == 0) throw new VerbFailure($"{file} is empty: its first line must name the columns.");
        var header = rows[0];
        var missing = TriageCsv.MissingColumns(header);
        if (missing.Count > 0) throw new VerbFailure($"{file} lacks the column{(missing.Count > 1 ? "s" : "")} {string.Join(", ", missing)}. Its first line must name the columns.");

        var answers = TriageCsv.Decide(header, rows.Skip(1), host.Settings.Scan.LabNetworks);
        if (json) await host.AnswerJsonAsync(answers);
        else await WriteAsync(host.Console.Out, answers);
        return ExitCode.Done;
    }

    private static async Task WriteAsync(TextWriter writer, IReadOnlyList<TriageCsvAnswer> answers)
    {
        foreach (var cells in answers.Select(static answer => answer.Cells).Prepend(TriageCsv.OutputColumns)) await writer.WriteAsync(CsvText.Line(cells));
    }
}
