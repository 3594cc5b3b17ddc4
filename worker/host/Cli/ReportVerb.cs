using System.CommandLine;
using Newtonsoft.Json;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report;
using VulnDiag.Report.Pdf;
using VulnDiag.Worker.Composition;

namespace VulnDiag.Worker.Cli;

/// <summary><c>report</c>: a report from a scan result.</summary>
internal sealed class ReportVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var scan = new Option<string>("--scan") { Description = "The scan's result.", HelpName = "RESULT.json", Required = true };
        var output = new Option<string>("--out") { Description = "Where the report goes.", HelpName = "FILE.pdf", Required = true };
        var xlsx = new Option<string?>("--xlsx") { Description = "Also the same rows for a spreadsheet.", HelpName = "FILE" };
        var command = new Command("report", "Makes a report from a scan result.") { scan, output, xlsx };
        command.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(scan)!, result.GetValue(output)!, result.GetValue(xlsx), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(VerbHost host, string scan, string output, string? xlsx, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(scan, cancellationToken);
        output = OutPath.OfFile("--out", output);
        if (xlsx is not null) xlsx = OutPath.OfFile("--xlsx", xlsx);
        await using var printer = new ReportPrinter(ReportParts.PrinterOf(host.Settings.Report));
        try
        {
            var model = ReportModelBuilder.OfScan(new ScanReportInput(
                result, ReportParts.Texts(), host.Settings.Operator.Name, Jst.DayOf(host.Console.Time.GetUtcNow())));
            await (await printer.PrintPdfAsync(model, cancellationToken)).WriteAsync(output, cancellationToken);
            if (xlsx is not null) await ReportPrinter.MakeXlsx(model).WriteAsync(xlsx, cancellationToken);
        }
        catch (ReportException fault)
        {
            throw new VerbFailure(fault.Message);
        }

        await host.Console.Error.WriteLineAsync($"The report is {output}{(xlsx is null ? "" : $" and {xlsx}")}.");
        return ExitCode.Done;
    }

    private static async Task<ScanResult> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new VerbFailure($"There is no file {file}.");
        try
        {
            var result = Json.Read<ScanResult>(await File.ReadAllTextAsync(file, cancellationToken));
            return result.Schema == ScanResult.CurrentSchema ? result : throw new VerbFailure($"{file} has the shape '{result.Schema}'; this version reads {ScanResult.CurrentSchema}.");
        }
        catch (JsonException fault)
        {
            throw new VerbFailure($"{file} is no scan result: {fault.Message.Split('\n')[0].Trim()}");
        }
    }
}
