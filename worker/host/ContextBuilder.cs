using VulnDiag.Domain;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker;

/// <summary>Gathers what a step may know beside the record.</summary>
internal sealed class ContextBuilder(
    StepSettings settings, ExclusionList exclusions, VendorLedger vendors, FindingCache findings, ScanStore scans, StopRequests stops, WorkerPaths paths, TimeProvider time)
{
    /// <summary>What the worker's settings say to the steps.</summary>
    internal static StepSettings SettingsOf(Settings settings) => new()
    {
        WorkerUser = settings.Kintone.User,
        AllowedLabRanges = settings.Scan.LabNetworks,
        SourceAddresses = settings.Scan.Sources,
        SameDayLead = TimeSpan.FromHours(settings.Process.SameDayLeadHours),
        SameDayDeadline = TimeSpan.FromMinutes(settings.Process.SameDayDeadlineMinutes),
        PacketsPerSecondPerHost = settings.Scan.PacketsPerSecondPerHost,
        SilenceRounds = settings.Process.SilenceRounds,
        DigestHour = new TimeOnly(settings.Process.DigestHour, 0),
    };

    internal async Task<StepContext> BuildAsync(Engagement engagement, CancellationToken cancellationToken) => new()
    {
        Now = time.GetUtcNow(),
        Settings = settings,
        Exclusions = exclusions.InForce(time.GetUtcNow()),
        DigestVendors = vendors.DigestVendors,
        KillSwitch = paths.KillSwitchIsOn,
        StopRequests = await stops.OfAsync(engagement.Id, cancellationToken),
        Scans = await scans.OfAsync(engagement.Id, cancellationToken),
        Findings = NeedsFindings(engagement.State) ? await findings.LoadAsync(engagement.Id, cancellationToken) : [],
    };

    private static bool NeedsFindings(EngagementState state) =>
        state is EngagementState.Analysis or EngagementState.ReportReview or EngagementState.Issuing or EngagementState.Reported;
}
