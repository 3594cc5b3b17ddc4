using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;
using VulnDiag.Mail;
using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>The mail of a vendor's day: what was gathered is composed once, remembered as asked, and logged per request once it went out.</summary>
internal sealed class DigestDesk(
    EngagementRunner runner, DigestStore digests, CommunicationStore communications, MailTexts texts, AskedStore asked, WorkerIdentity identity, TimeProvider time)
{
    /// <summary>The mail that carries an order together with others of its vendor's day; null when there are none and it goes out as itself.</summary>
    internal async Task<KeptMail?> ComposeAsync(EffectRow row, MailOrder order, CancellationToken cancellationToken)
    {
        if (order.CollectUntil is not { } until) return null;
        var others = await digests.GatherAsync(row, cancellationToken);
        if (others.Count == 0) return null;
        var members = new List<DigestMember>();
        foreach (var (engagement, each) in others.Prepend((row.Engagement, row.As<Domain.Steps.SendMail>())))
        {
            // A record that is gone or cancelled has nothing left to ask.
            if (await runner.LoadAsync(engagement, cancellationToken) is { Engagement.State: not EngagementState.Cancelled } stored) members.Add(new DigestMember(each.Order, stored.Engagement));
        }

        if (members.Count == 0) return null;
        var mail = DigestComposer.Compose(members, until, texts, time.GetUtcNow());
        foreach (var member in members)
            await asked.AddAsync(AskedRequest.Of(member.Engagement.Id, member.Order, texts) with { CarriedBy = mail.MessageId }, cancellationToken);
        return KeptMail.Of(mail);
    }

    /// <summary>A row in 通信記録 for each request that went along, under its own reference. Doing it twice is harmless.</summary>
    internal async Task LogAsync(string carrier, KeptMail mail, CancellationToken cancellationToken)
    {
        foreach (var (engagement, effect) in await digests.CarriedByAsync(carrier, cancellationToken))
        {
            await communications.ClaimAsync(
                new CommunicationRecord
                {
                    Key = effect.Order.Key,
                    Direction = CommunicationDirection.Outgoing,
                    Engagement = engagement,
                    Reference = References.Of(engagement, effect.Order),
                    Kind = effect.Order.Kind,
                    Party = mail.To,
                    Subject = mail.Subject,
                    State = CommunicationState.Sent,
                    At = time.GetUtcNow(),
                    MessageId = mail.MessageId,
                    Body = mail.Text,
                    Holder = identity.Folder,
                },
                cancellationToken);
        }
    }
}
