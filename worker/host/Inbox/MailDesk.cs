using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;
using VulnDiag.Mail;
using VulnDiag.Mail.Incoming;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Inbox;

/// <summary>Deals with one inbound mail: logs it in 通信記録, and takes from it what its sender was asked for and nothing else.</summary>
internal sealed class MailDesk(
    EngagementRunner runner, CommunicationStore communications, AskedStore asked, StopRequests stops, SeenStore seen, WorkerIdentity identity,
    AuditLog audit, MailOptions options, KillPoints kill, TimeProvider time, ILogger<MailDesk> log)
{
    private const int MostWords = 200;
    private const int MostText = 20_000;

    /// <summary>Heeds a mail that wants a scan stopped. It needs neither kintone nor a row, so it is asked of every mail before anything else is done with any.</summary>
    internal async Task HeedStopAsync(StoredMail stored, CancellationToken cancellationToken)
    {
        var mail = InboundReader.Read(stored.Raw);
        if (ReplyMatcher.Match(mail, await asked.NearAsync(mail, cancellationToken)) is ReplyProposal.StopRequested stop) await StopAsync(stored, mail, stop, cancellationToken);
    }

    /// <summary>Does everything else that a mail calls for. Doing it twice is harmless: the mail's own row tells that it is known.</summary>
    /// <returns>False when the record that it answers for is busy: later.</returns>
    internal async Task<bool> DealAsync(StoredMail stored, CancellationToken cancellationToken)
    {
        var mail = InboundReader.Read(stored.Raw);
        var settled = true;
        var heard = await stops.HeardAtAsync(stored.Id, cancellationToken);
        var proposals = ReplyMatcher.MatchAll(mail, await asked.NearAsync(mail, cancellationToken));
        for (var part = 0; part < proposals.Count; part++)
        {
            var stop = heard is { } at && proposals[part] is ReplyProposal.StopRequested asks ? new StopNote(stored.Id, at, [.. asks.Targets.Select(static target => target.Engagement)]) : null;
            settled &= await DealAsync(mail, proposals[part], stop, part == 0 ? $"IN-{stored.Id}" : $"IN-{stored.Id}-{part + 1}", cancellationToken);
        }

        return settled;
    }

    private async Task<bool> DealAsync(InboundMail mail, ReplyProposal proposal, StopNote? stop, string key, CancellationToken cancellationToken)
    {
        var claim = await ClaimAsync(RowOf(key, mail, proposal, stop), cancellationToken);
        kill.At("inbound-logged");
        if (proposal is not ReplyProposal.ProposedAnswer { Complete: true, Certain: true } answer) return true;
        if (options.Answers != AnswerHandling.Apply || claim.Record.Handling is not ProposalHandling.Open) return true;
        // A record that is gone is busy no longer: the answer's row shows what came in.
        return await ApplyAsync(claim.Record, answer.Request.Engagement, VendorAnswer.Of(answer), cancellationToken)
            || await runner.LoadAsync(answer.Request.Engagement, cancellationToken) is null;
    }

    /// <summary>A row that kintone never takes, whatever is wrong with the words in it, is made without them and says so: the mail itself stays in the mailbox.</summary>
    private async Task<ClaimResult> ClaimAsync(CommunicationRecord row, CancellationToken cancellationToken)
    {
        try
        {
            return await communications.ClaimAsync(row, cancellationToken);
        }
        catch (KintoneException refused) when (refused is { NotDone: true, Transient: false, Errors.Count: > 0 })
        {
            log.LogWarning(refused, "A mail's row was refused and is made without the mail's words");
            var bare = row with { Subject = "", Body = "", InReplyTo = "", MessageId = "", Remark = Shortened($"{row.Remark}\n{refused.Message}", MostWords) };
            return await communications.ClaimAsync(bare, cancellationToken);
        }
    }

    /// <summary>Writes a proposal into ベンダ回答 and marks its row.</summary>
    /// <returns>False when the record is busy: later.</returns>
    internal async Task<bool> ApplyAsync(CommunicationRecord row, EngagementId engagement, VendorAnswer answer, CancellationToken cancellationToken)
    {
        var written = await runner.ChangeFactsAsync(engagement, current => answer.Apply(current.Facts, time.GetUtcNow()), cancellationToken);
        if (written is null) return false;
        kill.At("answer-written");
        await communications.MarkAsync(row with { Handling = ProposalHandling.Applied }, cancellationToken);
        await audit.WriteAsync("answer-applied", $"{engagement}", $"{answer.Question} of row {row.RecordId}", cancellationToken);
        return true;
    }

    private async Task StopAsync(StoredMail stored, InboundMail mail, ReplyProposal.StopRequested stop, CancellationToken cancellationToken)
    {
        var request = new StopRequest(time.GetUtcNow(), mail.From, ShortWords(stop.Words));
        foreach (var target in stop.Targets)
        {
            if (!await stops.AddAsync(stored.Id, target.Engagement, request, cancellationToken)) continue;
            await audit.WriteAsync("stop-asked", $"{target.Engagement}", "by mail from somebody who was asked", cancellationToken);
            log.LogWarning("Engagement {Engagement}: somebody who was asked wants the scan stopped", target.Engagement);
        }

        foreach (var target in stop.Targets) await runner.StopAheadAsync(target.Engagement, cancellationToken);
        await seen.LookAtOnceAsync(stop.Targets.Select(static target => target.Engagement), cancellationToken);
    }

    private CommunicationRecord RowOf(string key, InboundMail mail, ReplyProposal proposal, StopNote? stop)
    {
        var request = RequestOf(proposal);
        return new CommunicationRecord
        {
            Key = key,
            Direction = CommunicationDirection.Incoming,
            Engagement = request?.Engagement ?? EngagementOf(mail, proposal),
            Reference = request?.Reference ?? mail.Reference ?? "",
            Kind = request?.Kind,
            Party = mail.From,
            Subject = Shortened(mail.Subject, MostWords),
            State = CommunicationState.Received,
            At = time.GetUtcNow(),
            MessageId = Shortened(mail.MessageId, MostWords),
            InReplyTo = Shortened(mail.AnsweredMessageId ?? "", MostWords),
            Body = Shortened(mail.Text, MostText),
            Proposal = proposal is ReplyProposal.ProposedAnswer answer ? VendorAnswer.Of(answer).ToString() : "",
            Handling = proposal is ReplyProposal.Attached && mail.Kind is not InboundKind.Answer ? ProposalHandling.NotNeeded : ProposalHandling.Open,
            Remark = stop?.ToString() ?? $"{mail.Kind}{(mail.Status is null ? "" : $" {mail.Status}")}{(proposal is ReplyProposal.NotAsked not ? $" {not.Reason}" : "")}",
            Holder = identity.Folder,
        };
    }

    private static AskedRequest? RequestOf(ReplyProposal proposal) => proposal switch
    {
        ReplyProposal.ProposedAnswer answer => answer.Request,
        ReplyProposal.Attached attached => attached.Request,
        ReplyProposal.Undelivered undelivered => undelivered.Request,
        ReplyProposal.NotAsked not => not.Near,
        _ => null,
    };

    private static EngagementId? EngagementOf(InboundMail mail, ReplyProposal proposal) => proposal is ReplyProposal.StopRequested { Targets: [var target, ..] }
        ? target.Engagement
        : mail.Reference is not null ? References.Parse(mail.Reference)?.Engagement : null;

    /// <summary>The sentence that asked for a stop, for people to read.</summary>
    internal static string ShortWords(string words) => Shortened(words.ReplaceLineEndings(" ").Trim(), MostWords);

    private static string Shortened(string text, int most) => text.Length > most ? text[..most] : text;
}
