using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Triage;
using VulnDiag.Model.Text;
using static VulnDiag.Kintone.Mapping.EngagementField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of 回線結果.</summary>
internal static class LineFactsMapping
{
    /// <summary>What names a row.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [ResultLineId.Code()];

    internal static LineFacts Read(FieldReader<EngagementField> row) => new()
    {
        // Coordinators type ids too: the same normalisation as for the hospital's.
        Id = new Domain.LineId(Nfkc.Normalize(row.Text(ResultLineId)).Trim()),
        Triage = row.Word<Decision>(TriageDecision, nameof(TriageDecision)) is { } decision
            ? new TriageResult((int?)row.Number(TriageNo), decision, row.Word<Requirement>(TriageRequirement) ?? Requirement.None, row.Text(TriageReason))
            : null,
        Meeting = row.Word<MeetingOutcome>(Meeting),
        MeetingNote = row.Text(MeetingNote),
        MeetingHash = row.Text(MeetingHash),
        Deferred = row.Choices(Deferred).Count > 0,
        DeferredReason = row.Text(DeferredReason),
        Outcome = row.Word<LineOutcome>(Outcome) ?? LineOutcome.NotCarriedOut,
        OutcomeReason = row.Text(OutcomeReason),
        GivenUpWindow = row.Time(GivenUpWindow),
        ScanFinished = row.Time(ScanFinished),
    };

    internal static JObject Write(LineFacts line) => new JObject()
        .Set(ResultLineId, FieldValue.Line(line.Id.Value))
        .Set(TriageNo, FieldValue.Number(line.Triage?.No))
        .Set(TriageDecision, new JValue(line.Triage is { } triage ? Words.Of(nameof(TriageDecision), triage.Decision.ToString()) : ""))
        .Set(TriageRequirement, FieldValue.Word(line.Triage?.Requirement))
        .Set(TriageReason, FieldValue.Line(line.Triage?.ReasonJa ?? ""))
        .Set(Meeting, FieldValue.Word(line.Meeting))
        .Set(MeetingNote, FieldValue.Line(line.MeetingNote))
        .Set(MeetingHash, FieldValue.Line(line.MeetingHash))
        .Set(Deferred, FieldValue.Tick(nameof(Deferred), line.Deferred))
        .Set(DeferredReason, FieldValue.Line(line.DeferredReason))
        .Set(Outcome, FieldValue.Word<LineOutcome>(line.Outcome))
        .Set(OutcomeReason, FieldValue.Line(line.OutcomeReason))
        .Set(GivenUpWindow, FieldValue.Time(line.GivenUpWindow))
        .Set(ScanFinished, FieldValue.Time(line.ScanFinished));
}
