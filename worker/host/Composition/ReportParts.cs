using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Report;
using VulnDiag.Report.Pdf;
using VulnDiag.Worker.Effects;
using VulnDiag.Worker.Options;
using EngineTexts = VulnDiag.Engine.Checks.CheckTexts;

namespace VulnDiag.Worker.Composition;

/// <summary>Reports.</summary>
internal static class ReportParts
{
    internal static void Add(IServiceCollection services, WorkerParts parts)
    {
        services.AddSingleton(Texts());
        services.AddSingleton(_ => new ReportPrinter(PrinterOf(parts.Settings.Report)));
        services.AddSingleton<ResultFiles>();
        services.AddSingleton<ReportMaker>();
    }

    internal static PrinterSettings PrinterOf(ReportOptions options) => new() { Chromium = options.Chromium, ChromiumUser = options.ChromiumUser };

    /// <summary>Words of the engine's checks for the report.</summary>
    internal static VulnDiag.Report.CheckTexts Texts() => new(EngineTexts.ById.ToDictionary(
        static row => row.Key,
        static row => new VulnDiag.Report.CheckText(row.Value.Title, row.Value.Why, row.Value.Action, row.Value.Checklist),
        StringComparer.Ordinal));
}
