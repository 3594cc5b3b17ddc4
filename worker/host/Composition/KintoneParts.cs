using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Domain.Hearing;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Composition;

/// <summary>The records.</summary>
internal static class KintoneParts
{
    internal static void Add(IServiceCollection services, WorkerParts parts, OpenedParts opened)
    {
        var settings = parts.Settings;
        services.AddSingleton(opened.Kintone);
        services.AddSingleton(opened.Apps);
        services.AddSingleton(new EngagementStore(opened.Kintone, opened.Apps, settings.Kintone.User, typed => HearingValidator.Read(typed, RulesOf(settings, parts.Time))));
        services.AddSingleton<FindingStore>();
        services.AddSingleton<CommunicationStore>();
        services.AddSingleton<ExclusionStore>();
        services.AddSingleton<VendorStore>();
        services.AddSingleton(new LeaderRow(opened.Kintone, opened.Apps, opened.Identity.Folder, Leader.Lease));
        services.AddSingleton<ExclusionList>();
        services.AddSingleton<VendorLedger>();
        services.AddSingleton<RecordCache>();
        services.AddSingleton<FindingCache>();
        services.AddSingleton<Leader>();
    }

    private static HearingRules RulesOf(Settings settings, TimeProvider time) =>
        new() { Now = time.GetUtcNow(), AllowedLabRanges = settings.Scan.LabNetworks };
}
