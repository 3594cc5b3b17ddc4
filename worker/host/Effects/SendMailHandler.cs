using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;
using VulnDiag.Mail;
using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Outgoing;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Effects;

/// <summary>Sends a mail once: composed and kept → claimed in 通信記録 → one transaction to the recipient and our archive box → marked.</summary>
/// <remarks>
/// After an attempt that broke off in the middle the archive box decides: what lies in it was sent. What does not, after the time that a box
/// may lag behind, was not. A box that cannot be read decides nothing: nothing is sent, and after a while the doubt is shown.
/// </remarks>
internal sealed class SendMailHandler(
    EngagementRunner runner, CommunicationStore communications, IMailTransport transport, ISentArchive archive, MailTexts texts, MailOptions options,
    AskedStore asked, Outbox outbox, DigestDesk digests, WorkerIdentity identity, KillPoints kill, TimeProvider time) : IEffectHandler
{
    private const string Composed = "composed";
    private const string Sending = "sending";
    private const string Sent = "sent";
    private static readonly TimeSpan Patience = TimeSpan.FromHours(4);

    public string Kind => nameof(SendMail);

    public async Task<EffectOutcome> DoAsync(EffectRow row, CancellationToken cancellationToken)
    {
        var order = row.As<SendMail>().Order;
        if (await digests.IsMootAsync(row, order, cancellationToken)) return new EffectOutcome.Done();
        var mail = row.Message is { } kept ? KeptMail.Read(kept) : await ComposeAsync(row, order, cancellationToken);
        if (mail is null) return new EffectOutcome.Failed("The record is gone, so the mail cannot be written.");
        kill.At("mail-composed");

        var claim = await communications.ClaimAsync(ClaimOf(order, mail, row), cancellationToken);
        kill.At("mail-claimed");
        if (claim.Record.State is not CommunicationState.Claimed) return Settled(claim.Record.State);

        var verdict = row.Stage switch
        {
            Sent => Verdict.Sent,
            Sending => await AskArchiveAsync(row, mail, cancellationToken),
            _ when claim.Mine && !MessageIds.IsDigest(mail.MessageId) => Verdict.NotSent,
            _ when claim.Mine => await LookForDigestAsync(mail, cancellationToken),
            _ => await AskArchiveAsync(row, mail, cancellationToken),
        };
        return verdict switch
        {
            Verdict.Sent => await MarkSentAsync(row, claim.Record, mail, cancellationToken),
            Verdict.NotSent => await SendAsync(row, claim.Record, mail, cancellationToken),
            Verdict.NotYetKnown => new EffectOutcome.Later("An earlier attempt broke off; the archive box has not decided yet.", TimeSpan.FromMinutes(1)),
            Verdict.Unknowable => await MarkInDoubtAsync(claim.Record, cancellationToken),
        };
    }

    /// <summary>What the archive box says of an attempt that broke off.</summary>
    private enum Verdict
    {
        Sent,
        NotSent,
        NotYetKnown,
        Unknowable,
    }

    private async Task<KeptMail?> ComposeAsync(EffectRow row, MailOrder order, CancellationToken cancellationToken)
    {
        if (await digests.ComposeAsync(row, order, cancellationToken) is { } digest)
        {
            await outbox.StageAsync(row.Key, Composed, digest.ToBytes(), cancellationToken);
            return digest;
        }

        if (await runner.LoadAsync(row.Engagement, cancellationToken) is not { } stored) return null;
        var mail = KeptMail.Of(MailComposer.Compose(order, stored.Engagement, texts, time.GetUtcNow()));
        // Known as asked before it goes out: an answer may be faster than the next line.
        await asked.AddAsync(AskedRequest.Of(row.Engagement, order, texts), cancellationToken);
        await outbox.StageAsync(row.Key, Composed, mail.ToBytes(), cancellationToken);
        return mail;
    }

    private async Task<Verdict> AskArchiveAsync(EffectRow row, KeptMail mail, CancellationToken cancellationToken)
    {
        var since = row.StageAt is { } at ? time.GetUtcNow() - at : Patience;
        try
        {
            if (await archive.ContainsAsync(mail.MessageId, cancellationToken)) return Verdict.Sent;
            return since < TimeSpan.FromMinutes(options.ArchiveGraceMinutes) ? Verdict.NotYetKnown : Verdict.NotSent;
        }
        catch (IOException)
        {
            return since < Patience ? Verdict.NotYetKnown : Verdict.Unknowable;
        }
    }

    /// <summary>A worker that died elsewhere may have sent the same requests under the claim of another of them.</summary>
    private async Task<Verdict> LookForDigestAsync(KeptMail mail, CancellationToken cancellationToken)
    {
        try
        {
            return await archive.ContainsAsync(mail.MessageId, cancellationToken) ? Verdict.Sent : Verdict.NotSent;
        }
        catch (IOException)
        {
            return Verdict.NotYetKnown;
        }
    }

    private async Task<EffectOutcome> SendAsync(EffectRow row, CommunicationRecord claim, KeptMail mail, CancellationToken cancellationToken)
    {
        await outbox.StageAsync(row.Key, Sending, message: null, cancellationToken);
        kill.At("mail-sending");
        var result = await transport.SendAsync(mail.ToSend(), cancellationToken);
        kill.At("mail-sent");
        switch (result)
        {
            case SendResult.Accepted:
                await outbox.StageAsync(row.Key, Sent, message: null, cancellationToken);
                return await MarkSentAsync(row, claim, mail, cancellationToken);
            case SendResult.Refused refused:
                await communications.MarkAsync(claim with { State = CommunicationState.Failed, Remark = refused.Reply }, cancellationToken);
                return new EffectOutcome.Failed(refused.Reply);
            case SendResult.Unknown unknown:
                return new EffectOutcome.Later(unknown.Reply, TimeSpan.FromMinutes(options.ArchiveGraceMinutes));
            default:
                await outbox.StageAsync(row.Key, Composed, message: null, cancellationToken);
                return new EffectOutcome.Later(result.Reply);
        }
    }

    private async Task<EffectOutcome> MarkSentAsync(EffectRow row, CommunicationRecord claim, KeptMail mail, CancellationToken cancellationToken)
    {
        await digests.LogAsync(row.Key, mail, cancellationToken);
        await communications.MarkAsync(claim with { State = CommunicationState.Sent, At = time.GetUtcNow(), MessageId = mail.MessageId }, cancellationToken);
        kill.At("mail-marked");
        return new EffectOutcome.Done();
    }

    private async Task<EffectOutcome> MarkInDoubtAsync(CommunicationRecord claim, CancellationToken cancellationToken)
    {
        const string Why = "The archive box could not be read for hours, so nobody can tell whether this mail went out.";
        await communications.MarkAsync(claim with { State = CommunicationState.InDoubt, Remark = Why }, cancellationToken);
        return new EffectOutcome.InDoubt(Why);
    }

    private static EffectOutcome Settled(CommunicationState state) => state switch
    {
        CommunicationState.InDoubt => new EffectOutcome.InDoubt("Shown in the communication app."),
        CommunicationState.Failed => new EffectOutcome.Failed("Shown in the communication app."),
        CommunicationState.Claimed or CommunicationState.Sent or CommunicationState.Received => new EffectOutcome.Done(),
    };

    private CommunicationRecord ClaimOf(MailOrder order, KeptMail mail, EffectRow row) => new()
    {
        Key = order.Key,
        Direction = CommunicationDirection.Outgoing,
        Engagement = row.Engagement,
        Reference = References.Of(row.Engagement, order),
        Kind = order.Kind,
        Party = mail.To,
        Subject = mail.Subject,
        State = CommunicationState.Claimed,
        MessageId = mail.MessageId,
        Body = mail.Text,
        Holder = identity.Folder,
    };
}
