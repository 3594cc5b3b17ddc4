using System.Net;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Steps;

/// <summary>What to scan on a line.</summary>
/// <param name="Line">回線ID.</param>
/// <param name="Address">The address: the hospital's, or the one confirmed on the day.</param>
/// <param name="Fqdn">A name that must resolve to it, or null.</param>
/// <param name="AccountChecks">True only with consent.</param>
/// <param name="ConsentHash">Hash of the consent with its lines and addresses.</param>
public sealed record LineTarget(LineId Line, IPAddress Address, string? Fqdn, bool AccountChecks, string ConsentHash);

/// <summary>Which scans of an engagement should be running now. It is a level, not an event: the host starts what is missing (resuming from the checkpoint) and stops whatever runs and is not in it.</summary>
/// <param name="Window">The open window, or null when nothing may run.</param>
/// <param name="Lines">Lines that may be scanned at this moment; every other scan of this engagement is stopped.</param>
/// <param name="WhyOthersStop">Reason given to the scans that are stopped.</param>
public sealed record ScanOrder(Period? Window, IReadOnlyList<LineTarget> Lines, string WhyOthersStop)
{
    /// <summary>Nothing may run.</summary>
    public static ScanOrder None(string why) => new(null, [], why);
}
