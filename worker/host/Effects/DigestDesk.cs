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
    EngagementRunner runner, DigestStore digests, CommunicationStore communications, MailTexts texts, AskedStore asked, WorkerIdentity identity,
    KillPoints kill, TimeProvider time)
{
    /// <summary>The mail that carries an order together with others of its vendor's day; null when there are none and it goes out as itself.</summary>
    internal async Task<KeptMail?> ComposeAsync(EffectRow row, MailOrder order, CancellationToken cancellationToken)
    {
        if (order.CollectUntil is not { } until) return null;
        var others = await digests.GatherAsync(row, cancellationToken);
        if (others.Count == 0) return null;
        kill.At("digest-gathered");
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

    /// <summary>True for a request that waited for its vendor's mail of the day while its engagement was cancelled; what it would have carried is free again.</summary>
    internal async Task<bool> IsMootAsync(EffectRow row, MailOrder order, CancellationToken cancellationToken)
    {
        if (order.CollectUntil is null || row.Message is not null) return false;
        if (await runner.LoadAsync(row.Engagement, cancellationToken) is not { Engagement.State: EngagementState.Cancelled }) return false;
        await digests.UnloadAsync(row.Key, cancellationToken);
        return true;
    }

    /// <summary>A row in 通信記録 for each request that went along, under its own reference. Doing it twice is harmless.</summary>
    internal async Task LogAsync(string carrier, KeptMail mail, CancellationToken cancellationToken)
    {
        foreach (var (engagement, effect) in await digests.CarriedByAsync(carrier, cancellationToken))
        {
            // Left out, as its engagement was cancelled.
            if (!mail.Text.Contains(References.Of(engagement, effect.Order), StringComparison.Ordinal)) continue;
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
