using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Accounts;

/// <summary>An FTP server lets anybody in as "anonymous". One try; nothing is listed or read.</summary>
/// <remarks>Source: RFC 1635 (how to use anonymous FTP).</remarks>
internal sealed class FtpAnonymousCheck : IActiveCheck
{
    private static readonly byte[] User = "USER anonymous\r\n"u8.ToArray();
    private static readonly byte[] Password = "PASS vulndiag@scanner.invalid\r\n"u8.ToArray();
    private static readonly byte[] Quit = "QUIT\r\n"u8.ToArray();

    public string Id => "ftp-anonymous";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 3, CheckRisk.Counted) { NeedsAccountConsent = true };

    public bool AppliesTo(PortResult port) => port.Service == "ftp";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        if (await ServerReply.ReadAsync(link, cancellationToken) is not { Code: 220 }) return CheckOutcome.CannotTell("The server turned us away.");
        var reply = await AskAsync(link, User, cancellationToken);
        if (reply is { Code: 331 }) reply = await AskAsync(link, Password, cancellationToken);
        if (!link.Closed) await link.SendAsync(Quit, cancellationToken);
        return reply?.Code switch
        {
            230 => CheckOutcome.Positive(Evidence.Of($"USER anonymous -> {reply.Raw}"), qod: 100),
            >= 400 => CheckOutcome.Negative(),
            // vsftpd closes without a word when the log-in fails on some settings.
            null when link.Closed => CheckOutcome.Negative(),
            _ => CheckOutcome.CannotTell("The log-in was not answered."),
        };
    }

    private static async ValueTask<ServerReply?> AskAsync(ProbeLink link, byte[] command, CancellationToken cancellationToken)
    {
        await link.SendAsync(command, cancellationToken);
        return await ServerReply.ReadAsync(link, cancellationToken);
    }
}
