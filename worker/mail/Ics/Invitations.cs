using System.Security.Cryptography;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Mail.Messages;
using Window = VulnDiag.Domain.Hearing.Period;

namespace VulnDiag.Mail.Ics;

/// <summary>Calendar invitations: one iTIP object per window, as every object may hold one UID only.</summary>
/// <remarks>Source: RFC 5546 sections 3.2.2 (REQUEST) and 3.2.5 (CANCEL); RFC 5545 for the format.</remarks>
internal static class Invitations
{
    private const int HashBytes = 10;

    /// <summary>The method of a mail's invitations, as its Content-Type says it too.</summary>
    internal static string Method(MailOrder order) => order.CalendarCancelled ? CalendarMethods.Cancel : CalendarMethods.Request;

    /// <summary>One text per window, in order; none where the mail has no invitation.</summary>
    internal static IReadOnlyList<string> Of(MailScene scene, DateTimeOffset now) => scene.Order.CalendarSequence is null
        ? []
        : [.. scene.Order.Windows.Select((window, ordinal) => Write(scene, window, ordinal, now))];

    /// <summary>The same event for as long as engagement, vendor and ordinal are the same: a changed window is an update.</summary>
    internal static string Uid(EngagementId engagement, string vendorMail, int ordinal, string from)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(vendorMail)).AsSpan(0, HashBytes));
        return $"vd-{engagement}-{hash}-{ordinal + 1}@{from[(from.LastIndexOf('@') + 1)..]}";
    }

    private static string Write(MailScene scene, Window window, int ordinal, DateTimeOffset now)
    {
        var view = new SourcesView(scene);
        var cancelled = scene.Order.CalendarCancelled;
        var item = new CalendarEvent
        {
            Uid = Uid(scene.Engagement.Id, scene.Order.To.Mail, ordinal, scene.Texts.From),
            Sequence = scene.Order.CalendarSequence ?? 0,
            DtStamp = Utc(now),
            DtStart = Utc(window.Start),
            DtEnd = Utc(window.End),
            Summary = MailTemplates.Line("event.summary.txt", view),
            Description = MailTemplates.Block("event.description.txt", view),
            Status = cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,
            Organizer = new Organizer($"mailto:{scene.Texts.ReplyTo}") { CommonName = scene.Texts.OperatorName },
            Attendees =
            [
                new Attendee($"mailto:{scene.Order.To.Mail}")
                {
                    Role = ParticipationRole.RequiredParticipant,
                    ParticipationStatus = EventParticipationStatus.NeedsAction,
                    Rsvp = !cancelled,
                },
            ],
        };
        var calendar = new Calendar { Method = Method(scene.Order), ProductId = "-//VulnDiag//VulnDiag//JA" };
        calendar.Events.Add(item);
        return new CalendarSerializer().SerializeToString(calendar)
            ?? throw new InvalidOperationException("The invitation could not be written.");
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, CalDateTime.UtcTzId);
}
