using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using static VulnDiag.Kintone.Mapping.EngagementField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>What staff and the worker recorded, out of a record of 案件 and back. A line in <see cref="Read"/> and one in <see cref="Written"/> per field.</summary>
internal static class EngagementFactsMapping
{
    /// <summary>How each field that the worker may write is written.</summary>
    private static readonly IReadOnlyList<(EngagementField Field, Func<EngagementFacts, JToken> Value)> Written =
    [
        (UsedWindowsHash, static facts => FieldValue.Line(facts.UsedWindowsHash)),
        (SilenceRound, static facts => FieldValue.Number(facts.SilenceRound)),
        (StateSince, static facts => FieldValue.Time(facts.StateSince)),
        (StateSeen, static facts => FieldValue.Line(facts.StateSeen?.NameJa() ?? "")),
        (Deadline, static facts => FieldValue.Time(facts.Deadline)),
        (NoticeToHospital, static facts => FieldValue.Lines(facts.NoticeToHospital)),
        (NoticeToStaff, static facts => FieldValue.Lines(facts.NoticeToStaff)),
        (SentBackBecause, static facts => FieldValue.Lines(facts.SentBackBecause)),
        (EngagementField.AnswersHash, static facts => FieldValue.Line(facts.AnswersHash)),
        (ReviewedBy, static facts => FieldValue.Line(facts.ReviewedBy)),
        (ApprovedBy, static facts => FieldValue.Line(facts.ApprovedBy)),
        (ReviewHash, static facts => FieldValue.Line(facts.ReviewHash)),
        (FindingsHash, static facts => FieldValue.Line(facts.FindingsHash)),
        (DraftHash, static facts => FieldValue.Line(facts.DraftHash)),
        (Edition, static facts => FieldValue.Number(facts.Edition)),
        (ReportDue, static facts => FieldValue.Date(facts.ReportDue)),
        (IssuedAt, static facts => FieldValue.Time(facts.IssuedAt)),
        (WriteMark, static facts => FieldValue.Line(facts.WriteMark)),
        (IssuedHash, static facts => FieldValue.Line(facts.IssuedHash)),
        (ResultFiles, static facts => FieldValue.Files(facts.ResultFiles)),
        (DraftFiles, static facts => FieldValue.Files(facts.DraftFiles)),
        (ReportFiles, static facts => FieldValue.Files(facts.ReportFiles)),
        (StopReason, static facts => FieldValue.Line(facts.StopReason)),
        (StopsHandledUntil, static facts => FieldValue.ExactTime(facts.StopsHandledUntil)),
        (Results, static facts => Table(facts.Lines, LineFactsMapping.Write)),
        (VendorAnswers, static facts => Table(facts.Vendors, VendorFactsMapping.Write)),
        (Invitations, static facts => Table(facts.Invitations, InvitationMapping.Write)),
        (Windows, static facts => Table(facts.Windows, WriteWindow)),
    ];

    /// <summary>Fields that are people's alone: a step that changes one of them is a mistake of ours.</summary>
    private static readonly IReadOnlyList<(EngagementField Field, Func<EngagementFacts, object?> Value)> PeoplesOwn =
    [
        (Analyst, static facts => facts.Analyst),
        (Approver, static facts => facts.Approver),
        (Summary, static facts => facts.Summary),
        (ReceivedAt, static facts => facts.ReceivedAt),
        (Follows, static facts => facts.Follows),
    ];

    private static readonly Dictionary<EngagementField, IReadOnlyList<string>> RowKeys = new()
    {
        [Results] = LineFactsMapping.Keys,
        [VendorAnswers] = VendorFactsMapping.Keys,
        [Invitations] = InvitationMapping.Keys,
        [Windows] = [WindowStart.Code(), WindowEnd.Code()],
    };

    /// <summary>Reads the facts.</summary>
    /// <exception cref="RecordShapeException">A field or a choice is missing.</exception>
    internal static EngagementFacts Read(JObject record)
    {
        var fields = new FieldReader<EngagementField>(record);
        return new EngagementFacts
        {
            Lines = [.. fields.Rows(Results).Select(LineFactsMapping.Read)],
            Vendors = [.. fields.Rows(VendorAnswers).Select(VendorFactsMapping.Read).OfType<VendorFacts>()],
            Invitations = [.. fields.Rows(Invitations).Select(InvitationMapping.Read).OfType<Invitation>()],
            Windows = [.. fields.Rows(Windows).Select(ReadWindow).OfType<Period>().OrderBy(static window => window.Start)],
            UsedWindowsHash = fields.Text(UsedWindowsHash),
            SilenceRound = SmallNumber(fields.Number(SilenceRound)),
            StateSince = fields.Time(StateSince),
            StateSeen = EngagementLifecycle.FromNameJa(fields.Text(StateSeen)),
            Deadline = fields.Time(Deadline),
            NoticeToHospital = fields.Text(NoticeToHospital),
            NoticeToStaff = fields.Text(NoticeToStaff),
            SentBackBecause = fields.Text(SentBackBecause),
            AnswersHash = fields.Text(EngagementField.AnswersHash),
            Analyst = fields.Users(Analyst).FirstOrDefault("")!,
            Approver = fields.Users(Approver).FirstOrDefault("")!,
            Summary = fields.Text(Summary),
            ReviewedBy = fields.Text(ReviewedBy),
            ApprovedBy = fields.Text(ApprovedBy),
            ReviewHash = fields.Text(ReviewHash),
            FindingsHash = fields.Text(FindingsHash),
            DraftHash = fields.Text(DraftHash),
            Edition = SmallNumber(fields.Number(Edition)),
            ReportDue = fields.Date(ReportDue),
            IssuedAt = fields.Time(IssuedAt),
            WriteMark = fields.Text(WriteMark),
            IssuedHash = fields.Text(IssuedHash),
            ResultFiles = fields.Files(ResultFiles),
            DraftFiles = fields.Files(DraftFiles),
            ReportFiles = fields.Files(ReportFiles),
            ReceivedAt = fields.Time(ReceivedAt),
            StopReason = fields.Text(StopReason),
            StopsHandledUntil = FieldReader<EngagementField>.ReadTime(fields.Text(StopsHandledUntil)),
            Follows = fields.Number(Follows) is { } follows and > 0 ? new EngagementId(follows) : null,
        };
    }

    /// <summary>What must be written to make <paramref name="before"/> into <paramref name="after"/>: changed fields only, tables whole with their rows' ids.</summary>
    /// <param name="before">Facts of the record that was read.</param>
    /// <param name="after">Facts as they should stand.</param>
    /// <param name="record">The record that was read.</param>
    /// <exception cref="InvalidOperationException">A field that is people's own was changed.</exception>
    internal static JObject Changes(EngagementFacts before, EngagementFacts after, JObject record)
    {
        foreach (var (field, value) in PeoplesOwn)
        {
            if (!Equals(value(before), value(after))) throw new InvalidOperationException($"The worker may not write {field}: it is people's own.");
        }

        var changes = new JObject();
        foreach (var (field, value) in Written)
        {
            var wanted = value(after);
            if (JToken.DeepEquals(value(before), wanted)) continue;
            changes.Set(field, RowKeys.TryGetValue(field, out var keys)
                ? TableRows.WithIds((record[field.Code()] as JObject)?["value"] as JArray, (JArray)wanted, keys)
                : wanted);
        }

        return changes;
    }

    /// <summary>True when one of the changes attaches or removes files that the worker downloads or keeps beside others later: their record keys are kintone's to give.</summary>
    /// <remarks>Not the draft's: its files are for people, and the next draft replaces them all.</remarks>
    internal static bool TouchFilesReadLater(JObject changes) => new[] { ResultFiles, ReportFiles }.Any(field => changes.ContainsKey(field.Code()));

    private static JArray Table<T>(IEnumerable<T> rows, Func<T, JObject> write) => new(rows.Select(row => new JObject { ["value"] = write(row) }));

    private static JObject WriteWindow(Period window) => new JObject()
        .Set(WindowStart, FieldValue.Time(window.Start))
        .Set(WindowEnd, FieldValue.Time(window.End));

    private static Period? ReadWindow(FieldReader<EngagementField> row) =>
        row.Time(WindowStart) is { } start && row.Time(WindowEnd) is { } end && end > start ? new Period(start, end) : null;

    private static int SmallNumber(long? number) => (int)Math.Clamp(number ?? 0, 0, int.MaxValue);
}
