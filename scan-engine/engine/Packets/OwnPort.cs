using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Packets;

/// <summary>A port of our own, held for TCP and UDP, so that no other program of this machine gets it while we send from it.</summary>
/// <remarks>
/// The TCP socket does not listen: the kernel answers a SYN-ACK by a RST of its own accord (RFC 9293 section 3.5.2), which ends the
/// half-open connection on the other side. The UDP socket keeps the kernel from calling the port unreachable; what comes is left in it.
/// </remarks>
internal sealed class OwnPort : IDisposable
{
    private const int Tries = 20;

    private readonly Socket _tcp;
    private readonly Socket _udp;

    private OwnPort(Socket tcp, Socket udp) => (_tcp, _udp) = (tcp, udp);

    /// <summary>The number.</summary>
    public int Number => ((IPEndPoint)_tcp.LocalEndPoint!).Port;

    /// <summary>Takes a port that is free for both.</summary>
    /// <exception cref="SocketException">None could be had.</exception>
    public static OwnPort Take(IPAddress source)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tcp = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            var udp = new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Bind(new IPEndPoint(source, 0));
                udp.ReceiveBufferSize = 1;
                udp.Bind(tcp.LocalEndPoint!);
                return new OwnPort(tcp, udp);
            }
            catch (SocketException error)
            {
                tcp.Dispose();
                udp.Dispose();
                if (attempt == Tries || error.SocketErrorCode != SocketError.AddressAlreadyInUse) throw;
            }
        }
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _udp.Dispose();
    }
}
