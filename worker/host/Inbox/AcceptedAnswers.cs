using Microsoft.Extensions.Logging;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker.Inbox;

/// <summary>Proposals that a coordinator has taken (採用): written into ベンダ回答.</summary>
internal sealed class AcceptedAnswers(CommunicationStore communications, MailDesk desk, ILogger<AcceptedAnswers> log)
{
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await communications.AcceptedAsync(cancellationToken))
        {
            if (row.Engagement is { } engagement && VendorAnswer.TryRead(row.Proposal) is { } answer)
            {
                await desk.ApplyAsync(row, engagement, answer, cancellationToken);
                continue;
            }

            log.LogWarning("Row {Row} of the communication app was taken, but its proposal cannot be read; it is handed back", row.RecordId);
            await communications.MarkAsync(row with { Handling = ProposalHandling.Open }, cancellationToken);
        }
    }
}
