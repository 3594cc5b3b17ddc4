using System.Net;
using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>How the scan of a line stands, as the worker's store knows it.</summary>
public enum ScanState
{
    /// <summary>No scan was started for this line.</summary>
    NotStarted,

    /// <summary>A child process runs.</summary>
    Running,

    /// <summary>It paused with a checkpoint (window or lease over, stopped from outside, host restarting) and can resume.</summary>
    Paused,

    /// <summary>It ended and everything asked for was examined.</summary>
    Complete,

    /// <summary>It ended itself for good before the end: the host's identity changed. A stop from outside is a pause.</summary>
    Stopped,

    /// <summary>The engine refused to touch the line, or broke.</summary>
    Refused,
}

/// <summary>The scan of one line.</summary>
/// <param name="Line">回線ID.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">Why it paused, stopped or was refused; empty otherwise.</param>
/// <param name="ResultSaved">True once RESULT.json is attached to the record.</param>
/// <param name="Ended">When it last ended, or null.</param>
public sealed record LineScan(LineId Line, ScanState State, string Reason, bool ResultSaved, DateTimeOffset? Ended);

/// <summary>A mail with 中止 or STOP from someone who was asked.</summary>
/// <param name="At">When the mailbox got it.</param>
/// <param name="From">Sender's mail address.</param>
/// <param name="Words">The sentence that asked for it, at most 200 characters.</param>
public sealed record StopRequest(DateTimeOffset At, string From, string Words);

/// <summary>Settings that steps decide by. The host fills it from appsettings.json.</summary>
public sealed record StepSettings
{
    /// <summary>Login name of the worker in kintone.</summary>
    public required string WorkerUser { get; init; }

    /// <summary>Loopback and lab ranges that are allowed; empty by default.</summary>
    public IReadOnlyList<IPNetwork> AllowedLabRanges { get; init; } = [];

    /// <summary>The addresses that scans come from, as vendors are told.</summary>
    public IReadOnlyList<IPAddress> SourceAddresses { get; init; } = [];

    /// <summary>How long before a window the same-day check starts.</summary>
    public TimeSpan SameDayLead { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long before a window the same-day answer is due.</summary>
    public TimeSpan SameDayDeadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Business days and hours.</summary>
    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.Default;

    /// <summary>How windows are chosen.</summary>
    public PlanningRules Planning { get; init; } = PlanningRules.Default;

    /// <summary>Packets per second per host, for the forecast.</summary>
    public int PacketsPerSecondPerHost { get; init; } = 200;

    /// <summary>Rounds of silence before the coordinator decides.</summary>
    public int SilenceRounds { get; init; } = 2;

    /// <summary>When the day's requests go out to vendors who want one mail a day, in Japan.</summary>
    public TimeOnly DigestHour { get; init; } = new(16, 0);
}

/// <summary>What a step may know beside the record.</summary>
public sealed record StepContext
{
    /// <summary>Now, by the worker's TimeProvider.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Settings.</summary>
    public required StepSettings Settings { get; init; }

    /// <summary>除外リスト that is in force now.</summary>
    public IReadOnlyList<IPNetwork> Exclusions { get; init; } = [];

    /// <summary>Lower-case mail addresses of vendors who want one mail a day (日次まとめ).</summary>
    public IReadOnlySet<string> DigestVendors { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The kill switch.</summary>
    public bool KillSwitch { get; init; }

    /// <summary>STOP mails from people who were asked about the engagement, in order of time. Those up to <see cref="EngagementFacts.StopsHandledUntil"/> are settled.</summary>
    public IReadOnlyList<StopRequest> StopRequests { get; init; } = [];

    /// <summary>Scans of this engagement's lines.</summary>
    public IReadOnlyList<LineScan> Scans { get; init; } = [];

    /// <summary>Findings of this engagement; loaded in 分析中, 報告書確認中, 発行準備中, 報告済.</summary>
    public IReadOnlyList<FindingRecord> Findings { get; init; } = [];

    /// <summary>The scan of a line; NotStarted when there is none.</summary>
    public LineScan ScanOf(LineId line) =>
        Scans.FirstOrDefault(scan => scan.Line == line) ?? new LineScan(line, ScanState.NotStarted, "", ResultSaved: false, Ended: null);
}
