using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A mail server takes mail from strangers for strangers. Judged by its answer to RCPT; no mail is sent, as DATA never is.</summary>
/// <remarks>Source: RFC 5321 section 3.3. The sender's domain can never exist (RFC 6761); the recipient's is reserved and takes no mail (RFC 2606).</remarks>
internal sealed class OpenRelayCheck : IActiveCheck
{
    private static readonly byte[] From = "MAIL FROM:<vulndiag@scanner.invalid>\r\n"u8.ToArray();
    private static readonly byte[] To = "RCPT TO:<vulndiag@example.com>\r\n"u8.ToArray();
    private static readonly byte[] Quit = "QUIT\r\n"u8.ToArray();

    public string Id => "open-relay";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 4, CheckRisk.Logged);

    public bool AppliesTo(PortResult port) => port.Service == "smtp";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { Code: 220 }) return CheckOutcome.CannotTell("The server turned us away.");
        if (await AskAsync(link, SmtpProbe.Hello, cancellationToken) is not { Code: 250 }) return CheckOutcome.CannotTell("The server does not accept our greeting.");
        if (await AskAsync(link, From, cancellationToken) is not { } from) return CheckOutcome.CannotTell("MAIL was not answered.");
        // 530 and the like want a log-in first: no relay for strangers. Other refusals are of our sender's name.
        if (from.Code is 530 or 535 or 538) return CheckOutcome.Negative();
        if (from.Code != 250) return CheckOutcome.CannotTell($"The sender was refused: {from.Code}.");
        var to = await AskAsync(link, To, cancellationToken);
        if (!link.Closed) await link.SendAsync(Quit, cancellationToken);
        return to?.Code switch
        {
            250 or 251 => CheckOutcome.Positive(Evidence.Of($"RCPT TO:<vulndiag@example.com> -> {to.Raw}"), qod: 80),
            >= 400 => CheckOutcome.Negative(),
            _ => CheckOutcome.CannotTell("RCPT was not answered."),
        };
    }

    private static async ValueTask<ServerReply?> AskAsync(ProbeLink link, byte[] command, CancellationToken cancellationToken)
    {
        await link.SendAsync(command, cancellationToken);
        return await ServerReply.ReadAsync(link, cancellationToken);
    }
}
