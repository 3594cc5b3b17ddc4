namespace VulnDiag.Engine.Probes;

/// <summary>What things cost in packets, reckoned at what our side sends.</summary>
/// <remarks>
/// Without raw sockets the kernel sends for us. A connection is SYN and ACK, its end one RST (linger 0); a message is one packet per
/// 1,400 bytes; reading costs the kernel's acknowledgements, one per read.
/// </remarks>
internal static class PacketCost
{
    public const int Connection = 2;
    public const int Close = 1;
    public const int TlsHandshake = 3;

    public static int Message(int bytes) => Math.Max(1, (bytes + 1399) / 1400);
}
