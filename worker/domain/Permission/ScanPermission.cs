using System.Net;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.Model.Addresses;

namespace VulnDiag.Domain.Permission;

/// <summary>Why a line may not be scanned at this moment.</summary>
/// <param name="Code">Row of texts.ja.csv without its prefix, such as <c>outside-window</c>.</param>
/// <param name="ReasonJa">The sentence for the record.</param>
public sealed record Refusal(string Code, string ReasonJa);

/// <summary>Whether a line may be scanned at this moment: a predicate per condition, a reason per refusal.</summary>
/// <remarks>
/// Source: SPEC "When a packet may leave". The engine checks again what it can (window, avoided times, address class, exclusions, FQDN, lease);
/// whether the FQDN resolves to the address is checked there alone, since the answer must be fresh at every burst.
/// </remarks>
public static class ScanPermission
{
    private sealed record Question(Engagement Engagement, LineView Line, StepContext Context, Period? Window, IPAddress? Address);

    private static readonly (string Code, Func<Question, bool> Holds)[] Conditions =
    [
        ("kill-switch", static q => !q.Context.KillSwitch),
        ("state", static q => q.Engagement.State is EngagementState.Scanning),
        ("triage", static q => q.Line.Standing is LineStanding.GoesOn),
        ("finished", static q => !q.Line.Finished),
        ("consent", static q => q.Line.Line.Consent is not null),
        ("outside-window", static q => q.Window is not null),
        ("avoid", static q => !q.Engagement.Hearing.TimesToAvoid.Any(period => period.Contains(q.Context.Now))),
        ("silence", SilenceHolds),
        ("address-missing", static q => q.Address is not null),
        ("address-class", static q => q.Address is null || AddressAllowed(q.Address, q.Context.Settings)),
        ("excluded", static q => q.Address is null || !q.Context.Exclusions.Any(range => range.Contains(q.Address))),
        ("stop-mail", static q => UnsettledStop(q.Engagement.Facts, q.Context) is null),
    ];

    /// <summary>The codes of every condition, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Conditions.Select(static condition => condition.Code)];

    /// <summary>Every condition that does not hold now; empty when the line may be scanned.</summary>
    public static IReadOnlyList<Refusal> Check(Engagement engagement, LineView line, StepContext context)
    {
        var window = OpenWindow(engagement.Facts, context.Now);
        var address = window is null
            ? line.Line.Address
            : SameDayGate.AddressFor(line, engagement.Facts, engagement.Hearing, window, context.Now);
        var question = new Question(engagement, line, context, window, address);
        return [.. Conditions
            .Where(condition => !condition.Holds(question))
            .Select(static condition => new Refusal(condition.Code, Texts.Of("refused-" + condition.Code)))];
    }

    /// <summary>The fixed window that is open at <paramref name="now"/>, or null.</summary>
    public static Period? OpenWindow(EngagementFacts facts, DateTimeOffset now) =>
        facts.Windows.FirstOrDefault(window => window.Contains(now));

    /// <summary>The first STOP mail that nobody has settled, or null.</summary>
    public static StopRequest? UnsettledStop(EngagementFacts facts, StepContext context) =>
        context.StopRequests.FirstOrDefault(stop => facts.StopsHandledUntil is null || stop.At > facts.StopsHandledUntil);

    private static bool SilenceHolds(Question q) =>
        !q.Line.Line.Monitored || SilenceGate.Of([q.Line], q.Engagement.Facts, q.Context.Now).Passed;

    private static bool AddressAllowed(IPAddress address, StepSettings settings) =>
        AddressClasses.IsScannable(address, settings.AllowedLabRanges);
}
