using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Composition;

/// <summary>Scans and their leases.</summary>
internal static class ScanParts
{
    internal static void Add(IServiceCollection services, WorkerParts parts, OpenedParts opened)
    {
        services.AddSingleton(opened.Signer);
        services.AddSingleton<LeaseWriter>();
        if (parts.Launcher is { } launcher) services.AddSingleton(launcher);
        else services.AddSingleton<IScanLauncher, ChildProcessScanLauncher>();
        services.AddSingleton<ScanSupervisor>();
        services.AddSingleton<ResultKeeper>();
    }
}
