using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Inbox;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Jobs;

/// <summary>Looks through everything that waits in the inbox for mails that want a scan stopped. It asks nothing of kintone, so that one that hangs delays no stop.</summary>
internal sealed class HeedStops(Leader leader, IMailbox mailbox, MailDesk desk, AskedStore asked) : IJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!leader.MayAct) return;
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
    }
}
