using System.Text;
using VulnDiag.Engine.Fingerprints;

namespace VulnDiag.Engine.Probes;

/// <summary>Reads an SSH server's identification line.</summary>
/// <remarks>Worst case: 1 connection, nothing sent. Source: RFC 4253 section 4.2 (lines may come before the one that starts with SSH-).</remarks>
internal sealed class SshProbe : IServiceProbe
{
    private const int MaxLinesBefore = 20;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("ssh", Model.Transport.Tcp, Ports: [22, 2222], MaxRequests: 0) { Order = 10 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("SSH-"u8) || greeting.IndexOf("\nSSH-"u8) >= 0;

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        for (var line = 0; line < MaxLinesBefore; line++)
        {
            var answer = await link.ReadUntilAsync(LineEnd, cancellationToken);
            if (answer.IsEmpty) return line == 0 ? ProbeOutcome.Silent() : ProbeOutcome.NoMatch(Evidence.None);
            var text = Encoding.Latin1.GetString(answer.Span).TrimEnd('\r', '\n');
            if (text.StartsWith("SSH-", StringComparison.Ordinal)) return Identify(text);
            if (link.Closed) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        }

        return ProbeOutcome.NoMatch(Evidence.None);
    }

    private static ProbeOutcome Identify(string banner) => ProbeOutcome.Identified(
        FingerprintCatalogue.Shipped.Match("ssh.banner", banner) ?? new Identification { Service = "ssh" },
        Evidence.Of(banner));
}
