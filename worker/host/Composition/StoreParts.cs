using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Composition;

/// <summary>The worker's memory.</summary>
internal static class StoreParts
{
    internal static void Add(IServiceCollection services, OpenedParts opened)
    {
        services.AddSingleton(opened.Database);
        services.AddSingleton(opened.Identity);
        services.AddSingleton<Outbox>();
        services.AddSingleton<DigestStore>();
        services.AddSingleton<SeenStore>();
        services.AddSingleton<ScanStore>();
        services.AddSingleton<AskedStore>();
        services.AddSingleton<StopRequests>();
        services.AddSingleton<AuditLog>();
    }
}
