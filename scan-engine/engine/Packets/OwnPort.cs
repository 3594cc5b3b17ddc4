using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Packets;

/// <summary>A TCP port of our own, held so that no other program of this machine gets it while we send from it.</summary>
/// <remarks>
/// The socket does not listen: the kernel answers a SYN-ACK by a RST of its own accord (RFC 9293 section 3.5.2), which ends the
/// half-open connection on the other side.
/// </remarks>
internal sealed class OwnPort : IDisposable
{
    private readonly Socket _tcp;

    private OwnPort(Socket tcp) => _tcp = tcp;

    /// <summary>The number.</summary>
    public int Number => ((IPEndPoint)_tcp.LocalEndPoint!).Port;

    /// <summary>Takes a free port.</summary>
    /// <exception cref="SocketException">None could be had.</exception>
    public static OwnPort Take(IPAddress source)
    {
        var tcp = new Socket(source.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            tcp.Bind(new IPEndPoint(source, 0));
            return new OwnPort(tcp);
        }
        catch (SocketException)
        {
            tcp.Dispose();
            throw;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
