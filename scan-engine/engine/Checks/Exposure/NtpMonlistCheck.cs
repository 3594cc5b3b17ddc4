using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A time server lists its last clients to strangers: one packet in, up to a hundred out, at whoever an attacker names.</summary>
/// <remarks>Source: CVE-2013-5211; ntp 4.2.6 ntp_request.h (mode 7, request code 42).</remarks>
internal sealed class NtpMonlistCheck : IActiveCheck
{
    // Version 2, mode 7 (private); implementation 3 (XNTPD), request 42 (MON_GETLIST_1); no items.
    private static readonly byte[] Request = [0x17, 0x00, 0x03, 0x2A, 0, 0, 0, 0, .. new byte[40]];

    public string Id => "ntp-monlist";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 2, CheckRisk.None);

    public bool AppliesTo(PortResult port) => port.Service == "ntp";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        var answer = await context.ExchangeAsync(Request, cancellationToken) ?? await context.ExchangeAsync(Request, cancellationToken);
        // The server answers time itself, so silence here is its refusal.
        if (answer is null) return CheckOutcome.Negative();
        var listed = answer.Value.Span is [var mode, _, 3, 42, var error, var items, ..]
            && (mode & 0x87) == 0x87 && error >> 4 == 0 && (((error & 0xF) << 8) | items) > 0;
        return listed ? CheckOutcome.Positive(Evidence.Of(answer.Value), qod: 98) : CheckOutcome.Negative();
    }
}
