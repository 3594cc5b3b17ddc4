namespace VulnDiag.Engine.Probes;

/// <summary>How long a probe waits and how much it reads.</summary>
/// <param name="Connect">Longest wait for a connection or a TLS handshake.</param>
/// <param name="Read">Longest wait for the first byte of an answer.</param>
/// <param name="Quiet">After the first byte: an answer is whole when nothing more comes for this long.</param>
/// <param name="Total">Longest that one answer may take in all, so that a tarpit's drip ends.</param>
/// <param name="MaxBytes">Most bytes read on one connection.</param>
internal sealed record ProbeLimits(TimeSpan Connect, TimeSpan Read, TimeSpan Quiet, TimeSpan Total, int MaxBytes)
{
    /// <summary>For the internet.</summary>
    public static ProbeLimits Default { get; } = new(
        Connect: TimeSpan.FromSeconds(4),
        Read: TimeSpan.FromSeconds(5),
        Quiet: TimeSpan.FromMilliseconds(200),
        Total: TimeSpan.FromSeconds(10),
        MaxBytes: 256 * 1024);
}
