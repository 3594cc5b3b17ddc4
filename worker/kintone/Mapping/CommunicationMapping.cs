using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Kintone.Client;
using static VulnDiag.Kintone.Mapping.CommunicationField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of 通信記録.</summary>
internal static class CommunicationMapping
{
    private static readonly Dictionary<string, MailKind> Kinds = Enum.GetValues<MailKind>().ToDictionary(static kind => kind.NameJa(), StringComparer.Ordinal);

    /// <summary>The fields that <see cref="ReadBrief"/> needs.</summary>
    internal static IReadOnlyList<string> BriefFields { get; } =
    [
        "$id", "$revision", Direction.Code(), CommunicationField.Engagement.Code(), Reference.Code(), CommunicationField.MailKind.Code(), Party.Code(), State.Code(), At.Code(),
        CommunicationField.MessageId.Code(), InReplyTo.Code(), Handling.Code(), Remark.Code(), Holder.Code(),
    ];

    /// <summary>Reads a record.</summary>
    /// <exception cref="RecordShapeException">A field or a choice is missing.</exception>
    internal static CommunicationRecord Read(JObject record)
    {
        var fields = new FieldReader<CommunicationField>(record);
        return ReadBrief(record) with { Subject = fields.Text(Subject), Body = fields.Text(Body), Proposal = fields.Text(Proposal) };
    }

    /// <summary>Reads a record of which only <see cref="BriefFields"/> were asked for.</summary>
    /// <exception cref="RecordShapeException">A field or a choice is missing.</exception>
    internal static CommunicationRecord ReadBrief(JObject record)
    {
        var fields = new FieldReader<CommunicationField>(record);
        return new CommunicationRecord
        {
            RecordId = record.RecordId(),
            Revision = record.RecordRevision(),
            Direction = fields.Word<CommunicationDirection>(Direction) ?? throw new RecordShapeException(Direction.Code(), "is blank"),
            Engagement = fields.Number(CommunicationField.Engagement) is { } id ? new EngagementId(id) : null,
            Reference = fields.Text(Reference),
            Kind = Kinds.TryGetValue(fields.Text(CommunicationField.MailKind), out var kind) ? kind : null,
            Party = fields.Text(Party),
            State = fields.Word<CommunicationState>(State) ?? throw new RecordShapeException(State.Code(), "is blank"),
            At = fields.Time(At),
            MessageId = fields.Text(CommunicationField.MessageId),
            InReplyTo = fields.Text(InReplyTo),
            Handling = fields.Word<ProposalHandling>(Handling),
            Remark = fields.Text(Remark),
            Holder = fields.Text(Holder),
        };
    }

    /// <summary>A new row.</summary>
    internal static JObject WriteNew(CommunicationRecord mail) => WriteProgress(mail)
        .Set(Key, FieldValue.Line(UniqueKey.Of(mail.Key)))
        .Set(Direction, FieldValue.Word<CommunicationDirection>(mail.Direction))
        .Set(CommunicationField.Engagement, FieldValue.Number(mail.Engagement?.Value))
        .Set(Reference, FieldValue.Line(mail.Reference))
        .Set(CommunicationField.MailKind, FieldValue.Line(mail.Kind?.NameJa() ?? ""))
        .Set(Party, FieldValue.Line(mail.Party))
        .Set(InReplyTo, FieldValue.Line(mail.InReplyTo));

    /// <summary>What changes after a row was made.</summary>
    internal static JObject WriteProgress(CommunicationRecord mail) => new JObject()
        .Set(Subject, FieldValue.Line(mail.Subject))
        .Set(State, FieldValue.Word<CommunicationState>(mail.State))
        .Set(At, FieldValue.Time(mail.At))
        .Set(CommunicationField.MessageId, FieldValue.Line(mail.MessageId))
        .Set(Body, FieldValue.Lines(mail.Body))
        .Set(Proposal, FieldValue.Lines(mail.Proposal))
        .Set(Handling, FieldValue.Word(mail.Handling))
        .Set(Remark, FieldValue.Lines(mail.Remark))
        .Set(Holder, FieldValue.Line(mail.Holder));
}
