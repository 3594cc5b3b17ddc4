using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using static VulnDiag.Kintone.Mapping.EngagementField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of カレンダー招待.</summary>
internal static class InvitationMapping
{
    private const string State = "InvitationState";

    /// <summary>What names a row.</summary>
    internal static IReadOnlyList<string> Keys { get; } = [InvitedMail.Code(), InvitationNumber.Code()];

    /// <summary>Reads a row; null for one that names no event.</summary>
    internal static Invitation? Read(FieldReader<EngagementField> row) =>
        row.Number(InvitationNumber) is { } number and > 0 && row.Time(InvitedFrom) is { } start && row.Time(InvitedTo) is { } end && end > start
            ? new Invitation
            {
                VendorMail = row.Text(InvitedMail),
                Number = (int)Math.Clamp(number, 1, int.MaxValue),
                Window = new Period(start, end),
                Sequence = (int)Math.Clamp(row.Number(InvitationSequence) ?? 0, 0, int.MaxValue),
                Withdrawn = row.Text(InvitationState) == Words.Of(State, "Withdrawn"),
            }
            : null;

    internal static JObject Write(Invitation row) => new JObject()
        .Set(InvitedMail, FieldValue.Line(row.VendorMail))
        .Set(InvitationNumber, FieldValue.Number(row.Number))
        .Set(InvitedFrom, FieldValue.Time(row.Window.Start))
        .Set(InvitedTo, FieldValue.Time(row.Window.End))
        .Set(InvitationSequence, FieldValue.Number(row.Sequence))
        .Set(InvitationState, new JValue(Words.Of(State, row.Withdrawn ? "Withdrawn" : "Held")));
}
