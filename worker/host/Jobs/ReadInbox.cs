using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Inbox;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Reads what came in. Only the leader does: a mail that is dealt with is acknowledged, and must not be by a worker that may not act.</summary>
internal sealed class ReadInbox(Leader leader, IMailbox mailbox, MailDesk desk, AskedStore asked, PredecessorsMails predecessors) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
        await predecessors.LearnAsync(cancellationToken);
        if (await HeedStopsAsync(cancellationToken)) await DealAsync(cancellationToken);
    }

    /// <summary>Looks through everything that waits for mails that want a scan stopped, before any is dealt with: one that cannot be dealt with hides none behind it.</summary>
    /// <returns>True when something waits.</returns>
    private async Task<bool> HeedStopsAsync(CancellationToken cancellationToken)
    {
        var mark = await asked.MarkAsync(cancellationToken);
        var heeded = 0;
        int read;
        do
        {
            var mails = await mailbox.ReadAsync(mark, heeded, cancellationToken);
            foreach (var mail in mails) await desk.HeedStopAsync(mail, cancellationToken);
            heeded += read = mails.Count;
        }
        while (read == IMailbox.Batch);

        leader.MailboxWasSeen();
        return heeded > 0;
    }

    private async Task DealAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredMail> mails;
        do
        {
            mails = await mailbox.ReadAsync(await asked.MarkAsync(cancellationToken), skip: 0, cancellationToken);
            foreach (var mail in mails)
            {
                // It may have come in since.
                await desk.HeedStopAsync(mail, cancellationToken);
                if (!await desk.DealAsync(mail, cancellationToken)) return;
                await asked.MarkAsync(mail.Mark, cancellationToken);
                await mailbox.AcknowledgeAsync(mail, cancellationToken);
            }
        }
        while (mails.Count == IMailbox.Batch);
    }
}
