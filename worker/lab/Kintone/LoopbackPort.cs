using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Lab.Kintone;

/// <summary>Finds a port that is free on 127.0.0.1 and ::1 alike.</summary>
internal static class LoopbackPort
{
    private const int Tries = 50;

    /// <summary>A port free on both at this moment.</summary>
    /// <exception cref="IOException">None was found.</exception>
    public static int Free()
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            using var v4 = new TcpListener(IPAddress.Loopback, 0);
            v4.Start();
            var port = ((IPEndPoint)v4.LocalEndpoint).Port;
            if (!Socket.OSSupportsIPv6 || IsFreeOnV6(port)) return port;
        }

        throw new IOException("No port is free on both 127.0.0.1 and ::1.");
    }

    private static bool IsFreeOnV6(int port)
    {
        try
        {
            using var v6 = new TcpListener(IPAddress.IPv6Loopback, port);
            v6.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
