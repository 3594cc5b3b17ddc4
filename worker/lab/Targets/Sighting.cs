using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>What a target saw.</summary>
public enum SightingKind
{
    /// <summary>A TCP connection was made.</summary>
    Connection,

    /// <summary>Data arrived on a connection.</summary>
    Data,

    /// <summary>A UDP datagram arrived.</summary>
    Datagram,
}

/// <summary>Something that reached a target.</summary>
/// <param name="At">When, in real time.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">The target's address and port.</param>
/// <param name="From">The sender's address and port; null when it had gone already.</param>
public sealed record Sighting(DateTimeOffset At, SightingKind Kind, IPEndPoint Target, EndPoint? From);
