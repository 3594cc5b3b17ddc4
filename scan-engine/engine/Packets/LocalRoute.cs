using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace VulnDiag.Engine.Packets;

/// <summary>How the kernel would reach a target.</summary>
/// <param name="Source">The address that it would send from.</param>
/// <param name="Device">The interface where answers come in; <see cref="AnyDevice"/> when the address does not tell.</param>
internal sealed record LocalRoute(IPAddress Source, string Device)
{
    /// <summary>libpcap's name for all interfaces at once.</summary>
    public const string AnyDevice = "any";

    private const int DiscardPort = 9;

    /// <summary>Asks the kernel; sends nothing.</summary>
    /// <returns>Null when there is no way to the target.</returns>
    public static LocalRoute? To(IPAddress target)
    {
        if (SourceFor(target) is not { } source) return null;
        var interfaces = NetworkInterface.GetAllNetworkInterfaces();
        // What goes to an address of our own goes over the loopback interface, whichever interface the address is on.
        if (IPAddress.IsLoopback(target) || interfaces.Any(each => Holds(each, target)))
            return new LocalRoute(source, interfaces.FirstOrDefault(static each => each.NetworkInterfaceType == NetworkInterfaceType.Loopback)?.Name ?? AnyDevice);
        // A source address that lies on the loopback interface (one that is announced by routing) does not tell where answers come in.
        var candidates = interfaces.Where(each => each.NetworkInterfaceType != NetworkInterfaceType.Loopback && Holds(each, source)).ToList();
        return new LocalRoute(source, candidates.Count == 1 ? candidates[0].Name : AnyDevice);
    }

    private static IPAddress? SourceFor(IPAddress target)
    {
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(target, DiscardPort);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static bool Holds(NetworkInterface each, IPAddress address) =>
        each.GetIPProperties().UnicastAddresses.Any(unicast => unicast.Address.Equals(address));
}
