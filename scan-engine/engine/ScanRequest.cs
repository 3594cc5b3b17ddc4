using VulnDiag.Engine.Authorization;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>One scan as a caller asks for it. What may really be sent is the authorisation's to say.</summary>
public sealed record ScanRequest
{
    /// <summary>File with the authorisation; read again while the scan runs, as the worker renews the lease in it.</summary>
    public required string AuthorizationFile { get; init; }

    /// <summary>Public key of whoever signs authorisations, as PEM.</summary>
    public required string PublicKeyPem { get; init; }

    /// <summary>Where the result goes. Checkpoint and packet log lie beside it (<c>.checkpoint</c>, <c>.packets.csv</c>).</summary>
    public required string OutFile { get; init; }

    /// <summary>TCP ports: <c>-</c> for all, or a list. Null: the authorisation's, else all.</summary>
    public string? Ports { get; init; }

    /// <summary>UDP ports: a list, <c>top100</c> or <c>top1000</c>; empty for none. Null: the authorisation's, else <c>top100</c>.</summary>
    public string? UdpPorts { get; init; }

    /// <summary>Packets a second to the host; null for the authorisation's. Never above its ceiling.</summary>
    public int? Rate { get; init; }

    /// <summary>Also write the result as nmap's XML.</summary>
    public string? NmapXmlFile { get; init; }

    /// <summary>Seed of the port order; null for a random one, which the result names.</summary>
    public long? Seed { get; init; }

    /// <summary>Ranges that are not global and may be scanned, by this process's setting <c>Scan:AllowedLabRanges</c>.</summary>
    public IReadOnlyList<string> AllowedLabRanges { get; init; } = [];

    /// <summary>False: find ports by connecting, also where raw packets could be sent.</summary>
    public bool RawPackets { get; init; } = true;

    /// <summary>Resolves the target's name; null for the system's DNS servers.</summary>
    public IHostNameResolver? Resolver { get; init; }

    /// <summary>Where stops come from, such as the child's standard input; null for nowhere.</summary>
    public TextReader? StopInput { get; init; }

    /// <summary>True when a worker holds the other end of <see cref="StopInput"/>: its end then ends the scan.</summary>
    public bool Controlled { get; init; }

    /// <summary>Further sources of findings, such as the vulnerability database.</summary>
    public IReadOnlyList<IFindingSource> FindingSources { get; init; } = [];
}

/// <summary>Turns what is known of a port into findings; sends nothing.</summary>
public interface IFindingSource
{
    /// <summary>Name and version for the result's list of versions, such as <c>vulndb</c> and a date.</summary>
    KeyValuePair<string, string> Version { get; }

    /// <summary>Findings of one port.</summary>
    ValueTask<FindingAnswer> FindAsync(PortResult port, CancellationToken cancellationToken);
}

/// <summary>What a source says of a port: findings, and what it could not judge.</summary>
/// <param name="Findings">Weaknesses.</param>
/// <param name="NotExamined">What could not be judged, each with its reason.</param>
public sealed record FindingAnswer(IReadOnlyList<ScanFinding> Findings, IReadOnlyList<NotExamined> NotExamined);
