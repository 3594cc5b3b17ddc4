using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SharpPcap;
using SharpPcap.LibPcap;
using VulnDiag.Engine.Packets;
using VulnDiag.TestSupport;

namespace VulnDiag.Bench;

/// <summary>The ways to send: one frame a call by libpcap, its queue, one packet a call by a raw socket, many by sendmmsg; each to closed ports that answer, with a capture running.</summary>
internal static class SendPaths
{
    private const int Packets = 200_000, Rounds = 3, OwnPort = 40000;
    private const int EthernetLength = 14;

    public static async Task<int> RunAsync()
    {
        if (NetworkNamespace.WhyNot is { } why)
        {
            await Console.Error.WriteLineAsync(why);
            return 1;
        }

        using var hosts = NetworkNamespace.Make();
        using var ping = new Ping();
        await ping.SendPingAsync(hosts.Host(2));
        using var capture = Open(hosts.Device, promiscuous: false);
        capture.OnPacketArrival += static (_, _) => { };
        capture.Filter = CaptureFilter.For(AddressFamily.InterNetwork, OwnPort);
        capture.StartCapture();
        for (var round = 1; round <= Rounds; round++)
        {
            Measure("libpcap, a frame a call", hosts, FrameByFrame);
            Measure("libpcap, send queue", hosts, Queue);
            Measure("raw socket, a packet a call", hosts, OneByOne);
            Measure($"raw socket, sendmmsg by {BatchSender.MaxBatch}", hosts, Batches);
        }

        capture.StopCapture();
        return 0;
    }

    private static void Measure(string name, NetworkNamespace hosts, Action<NetworkNamespace> send)
    {
        var (begun, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        send(hosts);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"{name,-32} {Packets / seconds,10:0} a second, {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Packets,5:0.0} µs CPU a packet"));
    }

    private static void FrameByFrame(NetworkNamespace hosts)
    {
        using var device = Open(hosts.Device, promiscuous: false);
        var (frame, template) = (Frame(hosts), Template(hosts));
        for (var i = 0; i < Packets; i++) device.SendPacket(frame.AsSpan(0, EthernetLength + template.WriteSyn(frame.AsSpan(EthernetLength), Port(i), (uint)i)));
    }

    private static void Queue(NetworkNamespace hosts)
    {
        using var device = Open(hosts.Device, promiscuous: false);
        var (frame, template) = (Frame(hosts), Template(hosts));
        for (var i = 0; i < Packets;)
        {
            using var queue = new SendQueue(1 << 20);
            for (var end = Math.Min(Packets, i + 4096); i < end; i++)
            {
                var length = EthernetLength + template.WriteSyn(frame.AsSpan(EthernetLength), Port(i), (uint)i);
                queue.Add(new PcapHeader(0, 0, (uint)length, (uint)length), frame[..length]);
            }

            queue.Transmit(device, synchronized: false);
        }
    }

    private static void OneByOne(NetworkNamespace hosts)
    {
        using var sender = new BatchSender(AddressFamily.InterNetwork);
        var (template, to) = (Template(hosts), new RawDestination(hosts.Host(2)));
        for (var i = 0; i < Packets; i++)
        {
            sender.Place(0, template.WriteSyn(sender.Packet(0), Port(i), (uint)i), to);
            sender.Send(1);
        }
    }

    private static void Batches(NetworkNamespace hosts)
    {
        using var sender = new BatchSender(AddressFamily.InterNetwork);
        var (template, to) = (Template(hosts), new RawDestination(hosts.Host(2)));
        for (var i = 0; i < Packets;)
        {
            var count = Math.Min(BatchSender.MaxBatch, Packets - i);
            for (var j = 0; j < count; j++, i++) sender.Place(j, template.WriteSyn(sender.Packet(j), Port(i), (uint)i), to);
            sender.Send(count);
        }
    }

    private static int Port(int i) => 1 + i % 65535;

    private static PacketTemplate Template(NetworkNamespace hosts) => new(hosts.Host(1), hosts.Host(2), OwnPort);

    private static byte[] Frame(NetworkNamespace hosts)
    {
        var frame = new byte[EthernetLength + PacketTemplate.MaxSynLength];
        PhysicalAddress.Parse(hosts.Run("sh", "-c", "cat /sys/class/net/*b/address").Trim().ToUpperInvariant().Replace(':', '-')).GetAddressBytes().CopyTo(frame, 0);
        NetworkInterface.GetAllNetworkInterfaces().Single(each => each.Name == hosts.Device).GetPhysicalAddress().GetAddressBytes().CopyTo(frame, 6);
        frame[12] = 8;
        return frame;
    }

    private static LibPcapLiveDevice Open(string device, bool promiscuous)
    {
        var opened = LibPcapLiveDeviceList.New().Single(each => each.Name == device);
        opened.Open(new DeviceConfiguration { Mode = promiscuous ? DeviceModes.Promiscuous : DeviceModes.None, Snaplen = 128, ReadTimeout = 2 });
        return opened;
    }
}
