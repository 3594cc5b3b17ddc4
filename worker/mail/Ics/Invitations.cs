using System.Security.Cryptography;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Mail.Messages;

namespace VulnDiag.Mail.Ics;

/// <summary>Calendar invitations and their withdrawals: one iTIP object per window, as every object may hold one UID only.</summary>
/// <remarks>Source: RFC 5546 sections 3.2.2 (REQUEST) and 3.2.5 (CANCEL); RFC 5545 for the format.</remarks>
internal static class Invitations
{
    private const int HashBytes = 10;

    /// <summary>One text per event, in order, with its method as the Content-Type says it too; none where the mail has no event.</summary>
    internal static IReadOnlyList<IcsText> Of(MailScene scene, DateTimeOffset now) =>
        [.. scene.Order.Calendar.Select(row => new IcsText(Method(row), Write(scene, row, now)))];

    /// <summary>The same event for as long as engagement, vendor and number are the same: a moved window is an update.</summary>
    internal static string Uid(EngagementId engagement, string vendorMail, int number, string from)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(vendorMail)).AsSpan(0, HashBytes));
        return $"vd-{engagement}-{hash}-{number}@{from[(from.LastIndexOf('@') + 1)..]}";
    }

    private static string Method(Invitation row) => row.Withdrawn ? CalendarMethods.Cancel : CalendarMethods.Request;

    private static string Write(MailScene scene, Invitation row, DateTimeOffset now)
    {
        var view = new SourcesView(scene);
        var item = new CalendarEvent
        {
            Uid = Uid(scene.Engagement.Id, row.VendorMail, row.Number, scene.Texts.From),
            Sequence = row.Sequence,
            DtStamp = Utc(now),
            DtStart = Utc(row.Window.Start),
            DtEnd = Utc(row.Window.End),
            Summary = MailTemplates.Line("event.summary.txt", view),
            // What a withdrawn event was for needs no saying again (RFC 5546 section 3.2.5: optional in a CANCEL).
            Description = row.Withdrawn ? null : MailTemplates.Block("event.description.txt", view),
            Status = row.Withdrawn ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
            Organizer = new Organizer($"mailto:{scene.Texts.ReplyTo}") { CommonName = scene.Texts.OperatorName },
            Attendees =
            [
                new Attendee($"mailto:{row.VendorMail}")
                {
                    Role = ParticipationRole.RequiredParticipant,
                    ParticipationStatus = EventParticipationStatus.NeedsAction,
                    Rsvp = !row.Withdrawn,
                },
            ],
        };
        var calendar = new Calendar { Method = Method(row), ProductId = "-//VulnDiag//VulnDiag//JA" };
        calendar.Events.Add(item);
        return new CalendarSerializer().SerializeToString(calendar)
            ?? throw new InvalidOperationException("The invitation could not be written.");
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, CalDateTime.UtcTzId);
}
