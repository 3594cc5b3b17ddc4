using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Inbox;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Deals with what came in. Only the leader does: a mail that is dealt with is acknowledged, and must not be by a worker that may not act.</summary>
internal sealed class ReadInbox(Leader leader, IMailbox mailbox, MailDesk desk, AskedStore asked, PredecessorsMails predecessors) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
        await predecessors.LearnAsync(cancellationToken);
        IReadOnlyList<StoredMail> mails;
        do
        {
            mails = await mailbox.ReadAsync(await asked.MarkAsync(cancellationToken), skip: 0, cancellationToken);
            foreach (var mail in mails)
            {
                // HeedStops may not have seen it yet, nor known who its sender was.
                await desk.HeedStopAsync(mail, cancellationToken);
                if (!await desk.DealAsync(mail, cancellationToken)) return;
                await asked.MarkAsync(mail.Mark, cancellationToken);
                await mailbox.AcknowledgeAsync(mail, cancellationToken);
            }
        }
        while (mails.Count == IMailbox.Batch);
    }
}
