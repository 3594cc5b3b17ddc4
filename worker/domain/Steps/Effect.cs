using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>Something to be done outside the record. Recorded before it is done; the same key is done once.</summary>
/// <param name="Key">Deterministic and unique in the tenant.</param>
public abstract record Effect(string Key);

/// <summary>Send a mail.</summary>
/// <param name="Order">Which.</param>
public sealed record SendMail(MailOrder Order) : Effect(Order.Key);

/// <summary>Make a person an assignee of the present state beside those who already are: kintone fixes assignees when a state is entered, and the person may be named later.</summary>
/// <param name="Key">Engagement, revision and person.</param>
/// <param name="State">The state that it is for.</param>
/// <param name="Person">Login name.</param>
public sealed record AssignPerson(string Key, Lifecycle.EngagementState State, string Person) : Effect(Key);

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
