using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A record of 案件 as an <see cref="Engagement"/>.</summary>
internal static class EngagementMapping
{
    /// <summary>States in which the hospital may edit its answers. Source: SPEC "The hearing".</summary>
    private static readonly HashSet<EngagementState> Answering = [EngagementState.HearingOpen, EngagementState.HearingIncomplete, EngagementState.OutOfScope];

    /// <summary>Reads a record.</summary>
    /// <param name="record">As kintone gave it.</param>
    /// <param name="readHearing">Normalises and reads the answers.</param>
    /// <exception cref="RecordShapeException">A field, a choice or the status is none of ours.</exception>
    internal static Engagement Read(JObject record, Func<HearingAnswers, HearingRecord> readHearing)
    {
        var fields = new FieldReader<EngagementField>(record);
        var answers = HearingMapping.Read(record);
        return new Engagement
        {
            Id = new EngagementId(record.RecordId()),
            Revision = record.RecordRevision(),
            State = EngagementLifecycle.FromNameJa(fields.Text(EngagementField.Status))
                ?? throw new RecordShapeException(EngagementField.Status.Code(), "has a status that is none of ours"),
            ModifiedBy = fields.User(EngagementField.ModifiedBy),
            ModifiedAt = fields.Time(EngagementField.ModifiedAt) ?? default,
            DisplayNames = fields.UserNames(EngagementField.Analyst).Concat(fields.UserNames(EngagementField.Approver)).DistinctBy(static user => user.Key)
                .ToDictionary(StringComparer.Ordinal),
            Assignees = fields.Users(EngagementField.Assignees),
            HospitalUsers = fields.Users(EngagementField.HospitalUsers),
            Answers = answers,
            Hearing = readHearing(answers),
            Facts = EngagementFactsMapping.Read(record),
        };
    }

    /// <summary>Adds what 回答締切ユーザー must become when the engagement stands in <paramref name="state"/>; nothing when it is so already.</summary>
    /// <remarks>docs/decisions/0130: these users may no longer edit the hospital's answers.</remarks>
    internal static void CloseAnswers(JObject changes, JObject record, EngagementState state)
    {
        var fields = new FieldReader<EngagementField>(record);
        IReadOnlyList<string> wanted = Answering.Contains(state) ? [] : fields.Users(EngagementField.HospitalUsers);
        if (!fields.Users(EngagementField.ClosedToUsers).SequenceEqual(wanted, StringComparer.Ordinal))
            changes.Set(EngagementField.ClosedToUsers, FieldValue.Users(wanted));
    }

    /// <summary>The record as it stands after <paramref name="changes"/> and a move were written, without reading it again.</summary>
    internal static JObject After(JObject record, JObject changes, EngagementState state, long revision, string writer)
    {
        var after = (JObject)record.DeepClone();
        foreach (var change in changes.Properties()) after[change.Name] = change.Value.DeepClone();
        after["$revision"] = new JObject { ["value"] = revision };
        if (state != EngagementLifecycle.FromNameJa(new FieldReader<EngagementField>(record).Text(EngagementField.Status))) after.Set(EngagementField.Assignees, new JArray());
        after.Set(EngagementField.Status, new JValue(state.NameJa()));
        after.Set(EngagementField.ModifiedBy, new JObject { ["code"] = writer });
        return after;
    }

    /// <summary>The record as it stands after new people were assigned.</summary>
    internal static JObject Assigned(JObject record, IReadOnlyList<string> people, long revision, string writer)
    {
        var after = (JObject)record.DeepClone();
        after["$revision"] = new JObject { ["value"] = revision };
        after.Set(EngagementField.Assignees, new JArray(people.Select(static person => new JObject { ["code"] = person })));
        after.Set(EngagementField.ModifiedBy, new JObject { ["code"] = writer });
        return after;
    }
}
