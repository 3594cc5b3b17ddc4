using System.Net;

namespace VulnDiag.Engine.Packets;

/// <summary>Whether this process can send and capture raw packets.</summary>
public static class RawPackets
{
    /// <summary>Tries it on the loopback interface; sends nothing.</summary>
    /// <returns>Why not, in words; null when it can.</returns>
    public static string? WhyNot(TimeProvider time)
    {
        using var link = RawLink.TryOpen(IPAddress.Loopback, time, out var why);
        return link is null ? why : null;
    }
}
