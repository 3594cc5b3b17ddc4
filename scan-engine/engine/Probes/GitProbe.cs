using System.Globalization;
using System.Text;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a git server for a repository that nobody has. Reads none.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: git, gitprotocol-pack(5) (git transport) and gitprotocol-common(5) (pkt-line).</remarks>
internal sealed class GitProbe : IServiceProbe
{
    private const int LengthDigits = 4;
    private const string Wanted = "git-upload-pack /vulndiag-none\0", DaemonRefuses = "access denied or repository not exported: ";
    private static readonly byte[] Request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Wanted.Length + LengthDigits:x4}{Wanted}"));

    public ProbeInfo Info { get; } = new("git", Transport.Tcp, Ports: [9418], MaxRequests: 1) { AnyPort = 230 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => Length(bytes) is { } length && bytes.Length >= length, TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        if (Length(answer.Span) is not { } length || length <= LengthDigits || length > answer.Length) return null;
        var line = Encoding.Latin1.GetString(answer.Span[LengthDigits..length]);
        if (!line.StartsWith("ERR ", StringComparison.Ordinal)) return null;
        var found = new Identification { Service = "git", Confidence = 90 };
        return line.AsSpan(4).StartsWith(DaemonRefuses, StringComparison.Ordinal)
            ? found with { Product = "git daemon", Cpe = ["cpe:2.3:a:git-scm:git:*:*:*:*:*:*:*:*"] }
            : found;
    }

    /// <summary>The length that a line states, its own four digits included.</summary>
    private static int? Length(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= LengthDigits && int.TryParse(Encoding.Latin1.GetString(bytes[..LengthDigits]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) ? length : null;
}
