namespace VulnDiag.Engine.Authorization;

/// <summary>Permission to scan one address: what the worker (or an operator) signs and the engine checks before every burst.</summary>
/// <remarks>
/// It is a lease: the worker renews it, with a higher <see cref="Sequence"/>, while every condition of SPEC "When a packet may leave" holds.
/// Instants are UTC on the wire. Ranges are CIDR or single addresses, IPv4 or IPv6.
/// </remarks>
public sealed record ScanAuthorization
{
    /// <summary>The version of this shape.</summary>
    public const string CurrentSchema = "vulndiag-authorization/1";

    /// <summary>Always <see cref="CurrentSchema"/> when signed by this version.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Unique; the same in every renewal.</summary>
    public required string Id { get; init; }

    /// <summary>Counts renewals; a lease with a lower or equal number never replaces one in force.</summary>
    public int Sequence { get; init; }

    /// <summary>The engagement's record, or empty for an operator's own authorisation.</summary>
    public string Engagement { get; init; } = "";

    /// <summary>The line's id, or empty for an operator's own authorisation.</summary>
    public string Line { get; init; } = "";

    /// <summary>The one address, in canonical text.</summary>
    public required string Address { get; init; }

    /// <summary>The name that must resolve to <see cref="Address"/>, lower-case ASCII; null when the line has none.</summary>
    public string? Fqdn { get; init; }

    /// <summary>When packets may leave; at least one.</summary>
    public required IReadOnlyList<AuthorizedPeriod> Windows { get; init; }

    /// <summary>When they may not, even inside a window.</summary>
    public IReadOnlyList<AuthorizedPeriod> Avoid { get; init; } = [];

    /// <summary>When the lease ends unless it is renewed.</summary>
    public required DateTimeOffset LeaseExpires { get; init; }

    /// <summary>Addresses and ranges that are never touched.</summary>
    public IReadOnlyList<string> Exclusions { get; init; } = [];

    /// <summary>Ranges that are not global and may be scanned all the same; the engine's own setting must name them too.</summary>
    public IReadOnlyList<string> AllowedLabRanges { get; init; } = [];

    /// <summary>How many packets may leave.</summary>
    public required ScanBudget Budget { get; init; }

    /// <summary>True when consent to checks of accounts is on record.</summary>
    public bool Accounts { get; init; }

    /// <summary>Hash of the consent that this rests on, or of the operator's consent text.</summary>
    public required string ConsentHash { get; init; }

    /// <summary>Words of the consent where an operator gives it; empty otherwise.</summary>
    public string ConsentText { get; init; } = "";

    /// <summary>The operator's name, or <c>engagement</c>.</summary>
    public required string IssuedBy { get; init; }

    /// <summary>When this renewal was signed.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The scanner's addresses as announced to the hospital; for the result.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];

    /// <summary>What to add to the engine's clock. Honoured for loopback targets only: the demo's clock jumps.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>True: send nothing more.</summary>
    public bool KillSwitch { get; init; }

    /// <summary>TCP ports as a list such as <c>22,80,8000-8100</c>, or <c>-</c> for all; null leaves the choice to the caller.</summary>
    public string? TcpPorts { get; init; }

    /// <summary>UDP ports, likewise, or <c>top100</c>, <c>top1000</c>.</summary>
    public string? UdpPorts { get; init; }
}

/// <summary>A span of time.</summary>
/// <param name="From">First instant inside.</param>
/// <param name="To">First instant outside.</param>
public sealed record AuthorizedPeriod(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>True when <paramref name="instant"/> lies inside.</summary>
    public bool Holds(DateTimeOffset instant) => instant >= From && instant < To;
}

/// <summary>Packets that may leave in a second.</summary>
/// <param name="PerHost">To the address, unless the caller asks for another rate.</param>
/// <param name="Overall">From this process.</param>
/// <param name="Ceiling">The most that a caller may ask for.</param>
public sealed record ScanBudget(int PerHost, int Overall, int Ceiling);
