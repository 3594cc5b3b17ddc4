using Newtonsoft.Json;

namespace VulnDiag.Model;

/// <summary>What one scan of one address found: the content of RESULT.json.</summary>
/// <remarks>The names are a contract with readers outside this project: they grow, they do not change.</remarks>
public sealed record ScanResult
{
    /// <summary>The version of this shape.</summary>
    public const string CurrentSchema = "vulndiag-scan/1";

    /// <summary>Always <see cref="CurrentSchema"/> when written by this version.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The line's id in the hospital's record, or empty for an operator's own authorisation.</summary>
    public required string Line { get; init; }

    /// <summary>What was scanned.</summary>
    public required ScanTarget Target { get; init; }

    /// <summary>When the first packet left; ISO 8601 with offset.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the result was written; ISO 8601 with offset.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>False when a stop or the window's end left something untested; the reason is in <see cref="Stops"/>.</summary>
    public required bool Complete { get; init; }

    /// <summary>How ports were found: <c>connect</c> or <c>syn</c>.</summary>
    public string Method { get; init; } = "connect";

    /// <summary>The seed of the port order, to repeat the run.</summary>
    public long Seed { get; init; }

    /// <summary>The scanner's own addresses as the target saw them.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];

    /// <summary>Packets counted by the engine.</summary>
    public PacketCount Packets { get; init; } = new(0, 0);

    /// <summary>How many ports were told apart, by protocol.</summary>
    public required ScanCoverage Coverage { get; init; }

    /// <summary>Open ports (and UDP open|filtered with a reason to think so), by protocol and number.</summary>
    public IReadOnlyList<PortResult> Ports { get; init; } = [];

    /// <summary>What the checks found.</summary>
    public IReadOnlyList<ScanFinding> Findings { get; init; } = [];

    /// <summary>Checks and ports that could not be judged, each with its reason: unknown is never shown as safe.</summary>
    public IReadOnlyList<NotExamined> NotExamined { get; init; } = [];

    /// <summary>Every interruption, in order.</summary>
    public IReadOnlyList<ScanStop> Stops { get; init; } = [];

    /// <summary>Versions of the engine and of its data, for the report's method section.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The address that was scanned and the name it goes by, if any.</summary>
/// <param name="Address">IPv4 or IPv6 in its canonical text.</param>
/// <param name="Fqdn">Fully qualified domain name in lower-case ASCII, or null.</param>
public sealed record ScanTarget(string Address, string? Fqdn);

/// <summary>Packets (or, without raw sockets, connection attempts and datagrams) of the scan.</summary>
/// <param name="Sent">Charged to the budget.</param>
/// <param name="Received">Answers seen.</param>
public sealed record PacketCount(long Sent, long Received);

/// <summary>Port counts by protocol.</summary>
/// <param name="Tcp">TCP ports.</param>
/// <param name="Udp">UDP ports.</param>
public sealed record ScanCoverage(TcpCoverage Tcp, UdpCoverage Udp);

/// <summary>TCP port counts; they add up to the ports asked for.</summary>
public sealed record TcpCoverage(int Open, int Closed, int Filtered, int Untested);

/// <summary>UDP port counts; the first four add up to the ports asked for.</summary>
/// <param name="Open">Answered.</param>
/// <param name="Closed">The host said that nothing listens.</param>
/// <param name="OpenOrFiltered">Silent, or a firewall said no.</param>
/// <param name="Untested">Not asked.</param>
/// <param name="Unresolved">Of the silent ones, those that may be closed too: the host tells of few closed ports a second.</param>
public sealed record UdpCoverage(int Open, int Closed, int OpenOrFiltered, int Untested, int Unresolved = 0);

/// <summary>Transport protocol of a port.</summary>
public enum Transport
{
    /// <summary>Transmission Control Protocol.</summary>
    Tcp,

    /// <summary>User Datagram Protocol.</summary>
    Udp,
}

/// <summary>One open port and what answers on it.</summary>
public sealed record PortResult
{
    /// <summary>The state of a port that answered.</summary>
    public const string Open = "open";

    /// <summary>The state of a UDP port that stays silent where the host tells of closed ones.</summary>
    public const string OpenOrFiltered = "open|filtered";

    /// <summary>Transport protocol.</summary>
    public required Transport Protocol { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary><c>open</c> or <c>open|filtered</c>.</summary>
    public required string State { get; init; }

    /// <summary>IANA or nmap service name (ssh, http, https, imap, domain …); null when unknown.</summary>
    public string? Service { get; init; }

    /// <summary>Product; null unless read or inferred from an answer.</summary>
    public string? Product { get; init; }

    /// <summary>Upstream version without the distribution's suffix; null unless read or inferred from an answer.</summary>
    public string? Version { get; init; }

    /// <summary>What else the answer said, such as the distribution's package version.</summary>
    public string? Info { get; init; }

    /// <summary>CPE 2.3 names.</summary>
    public IReadOnlyList<string> Cpe { get; init; } = [];

    /// <summary>How sure the identification is, 0 to 100 (100 = read word for word from the answer).</summary>
    public required int Confidence { get; init; }

    /// <summary>Facts of the TLS handshake, or null where the port speaks none.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>The answer's decisive bytes as printable text, at most 512 characters.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Facts a probe gathered for the checks (such as <c>authRequired</c>), as text by name.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What a TLS handshake showed.</summary>
public sealed record TlsFacts
{
    /// <summary>Protocol versions that the server accepted, such as <c>TLSv1.2</c>.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Cipher suite of the handshake.</summary>
    public string? Cipher { get; init; }

    /// <summary>Broken cipher suites that the server accepts all the same: without encryption, for export, anonymous, RC4, DES, 3DES.</summary>
    public IReadOnlyList<string> WeakCiphers { get; init; } = [];

    /// <summary>Bits of the group in which the server exchanges keys by classic Diffie-Hellman; null where it does not.</summary>
    public int? DhBits { get; init; }

    /// <summary>True when TLS is reached by an upgrade (STARTTLS, STLS, AUTH TLS).</summary>
    public bool StartTls { get; init; }

    /// <summary>Subject of the leaf certificate.</summary>
    public string? Subject { get; init; }

    /// <summary>Issuer of the leaf certificate.</summary>
    public string? Issuer { get; init; }

    /// <summary>DNS names and addresses that the certificate is for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Subjects of all certificates that the server sent, its own first; empty where they came encrypted.</summary>
    public IReadOnlyList<string> Chain { get; init; } = [];

    /// <summary>Start of validity.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>End of validity.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Key algorithm and size, such as <c>RSA 2048</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Signature algorithm of the leaf certificate.</summary>
    public string? SignatureAlgorithm { get; init; }

    /// <summary>True when subject and issuer are one.</summary>
    public bool SelfSigned { get; init; }

    /// <summary>SHA-256 of the leaf certificate in lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>An interruption of a scan.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Machine word first, such as <c>window-closed</c>, then words for a person.</param>
public sealed record ScanStop(DateTimeOffset At, string Reason);

/// <summary>Something that could not be judged.</summary>
/// <param name="Protocol">Transport, or null for the whole host.</param>
/// <param name="Port">Port, or null for the whole host.</param>
/// <param name="What">Probe or check id.</param>
/// <param name="Reason">Why.</param>
public sealed record NotExamined(Transport? Protocol, int? Port, string What, string Reason);

/// <summary>Base score of a finding with the version of CVSS that gave it.</summary>
/// <param name="Version"><c>2.0</c>, <c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Score">0.0 to 10.0.</param>
/// <param name="Vector">Vector string.</param>
public sealed record CvssScore(string Version, decimal Score, string? Vector);

/// <summary>What kind of weakness a finding is.</summary>
public enum FindingKind
{
    /// <summary>A known vulnerability of the version found.</summary>
    Vulnerability,

    /// <summary>A known backdoor.</summary>
    Backdoor,

    /// <summary>An account that lets anybody in.</summary>
    Account,

    /// <summary>A service that should not be reachable from the internet.</summary>
    Exposure,

    /// <summary>Weak transport security.</summary>
    Tls,

    /// <summary>A product past its end of support.</summary>
    EndOfLife,
}

/// <summary>One weakness on one port.</summary>
public sealed record ScanFinding
{
    /// <summary>Check id or CVE, unique per port; part of the finding's identity across engagements.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of weakness.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>Transport protocol.</summary>
    public required Transport Protocol { get; init; }

    /// <summary>Port number.</summary>
    public required int Port { get; init; }

    /// <summary>One of the report's six words.</summary>
    [JsonConverter(typeof(SeverityJson))]
    public required Severity Severity { get; init; }

    /// <summary>Score, or null for findings that have none.</summary>
    public CvssScore? Cvss { get; init; }

    /// <summary>CVE ids.</summary>
    public IReadOnlyList<string> Cve { get; init; } = [];

    /// <summary>In CISA's catalogue of known exploited vulnerabilities.</summary>
    public bool Kev { get; init; }

    /// <summary>EPSS probability 0 to 1, or null where unknown.</summary>
    public decimal? Epss { get; init; }

    /// <summary>JVN iPedia ids.</summary>
    public IReadOnlyList<string> Jvn { get; init; } = [];

    /// <summary>Quality of detection in percent.</summary>
    public required int Qod { get; init; }

    /// <summary>Title in Japanese.</summary>
    public required string TitleJa { get; init; }

    /// <summary>What was seen, as printable text.</summary>
    public required string Evidence { get; init; }
}
