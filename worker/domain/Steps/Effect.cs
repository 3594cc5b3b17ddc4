using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>Something to be done outside the record. Recorded before it is done; the same key is done once.</summary>
/// <param name="Key">Deterministic and unique in the tenant.</param>
public abstract record Effect(string Key);

/// <summary>Send a mail.</summary>
/// <param name="Order">Which.</param>
public sealed record SendMail(MailOrder Order) : Effect(Order.Key);

/// <summary>Have scans of these lines running in this window; lines that already run are left alone, others are not touched.</summary>
/// <param name="Key">Engagement and window.</param>
/// <param name="Lines">Lines that may be scanned now, each with the address to scan.</param>
/// <param name="Window">The open window.</param>
public sealed record RunScans(string Key, IReadOnlyList<LineTarget> Lines, Period Window) : Effect(Key);

/// <summary>What to scan on a line.</summary>
/// <param name="Line">回線ID.</param>
/// <param name="Address">The address: the hospital's, or the one confirmed on the day.</param>
/// <param name="Fqdn">A name that must resolve to it, or null.</param>
/// <param name="AccountChecks">True only with consent.</param>
/// <param name="ConsentHash">Hash of the consent with its lines and addresses.</param>
public sealed record LineTarget(LineId Line, System.Net.IPAddress Address, string? Fqdn, bool AccountChecks, string ConsentHash);

/// <summary>Stop the scans of these lines now.</summary>
/// <param name="Key">Engagement, state and reason.</param>
/// <param name="Lines">Which.</param>
/// <param name="Reason">Why, for the result and the record.</param>
/// <param name="ForGood">True for STOP and cancel; false for a suspension that may be resumed.</param>
public sealed record StopScans(string Key, IReadOnlyList<LineId> Lines, string Reason, bool ForGood) : Effect(Key);

/// <summary>Write the findings of the results into 指摘事項, compared with the engagement that this one follows.</summary>
/// <param name="Key">Engagement and edition.</param>
public sealed record RecordFindings(string Key) : Effect(Key);

/// <summary>Make the draft report and attach it where hospitals cannot see it.</summary>
/// <param name="Key">Engagement, edition and content hash.</param>
/// <param name="ContentHash">Hash of what the report is made from.</param>
public sealed record MakeDraft(string Key, string ContentHash) : Effect(Key);

/// <summary>Make the report, attach it for the hospital, and read it back byte for byte.</summary>
/// <param name="Key">Engagement and edition.</param>
/// <param name="Edition">1 or more.</param>
/// <param name="ContentHash">Hash of what the report is made from, as reviewed.</param>
public sealed record IssueReport(string Key, int Edition, string ContentHash) : Effect(Key);
