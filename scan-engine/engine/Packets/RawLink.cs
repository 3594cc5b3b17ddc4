using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using SharpPcap;
using SharpPcap.LibPcap;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

/// <summary>
/// Raw packets on one way out of this machine: one socket to send, one capture that sees our answers alone, shared by all hosts that are
/// reached that way.
/// </summary>
/// <remarks>Thread-safe. Needs root or CAP_NET_RAW, and libpcap.</remarks>
internal sealed class RawLink : IDisposable
{
    // An older answer says that the wall clock was set.
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(10);

    // What an answer needs at most: cooked header, IPv6, ICMPv6, and the IPv6 and TCP headers that it is about.
    private const int SnapLength = 192;
    private const int KernelBufferBytes = 4 << 20;
    private const int ReadTimeoutMilliseconds = 2;

    private readonly ConcurrentDictionary<UInt128, RawPacketIo> _hosts = [];
    private readonly Lock _sending = new();
    private readonly LibPcapLiveDevice _capture;
    private readonly BatchSender _sender;
    private readonly OwnPort _port;
    private readonly LocalRoute _route;
    private readonly TimeProvider _time;
    private readonly SynCookie _cookie = SynCookie.Random();
    private readonly int _linkType;
    private long _dropped;
    private volatile bool _deaf;

    private RawLink(LibPcapLiveDevice capture, BatchSender sender, OwnPort port, LocalRoute route, TimeProvider time)
    {
        (_capture, _sender, _port, _route, _time) = (capture, sender, port, route, time);
        _linkType = (int)capture.LinkType;
        capture.OnPacketArrival += (_, captured) => Take(captured.Data, captured.Header.Timeval);
        capture.OnCaptureStopped += (_, _) => _deaf = true;
        capture.StartCapture();
    }

    /// <summary>Opens the way to a target.</summary>
    /// <param name="target">The target; others that are reached the same way can be attached too.</param>
    /// <param name="time">Stamps the answers.</param>
    /// <param name="why">Why raw packets cannot be used; empty when they can.</param>
    public static RawLink? TryOpen(IPAddress target, TimeProvider time, out string why)
    {
        why = "";
        if (!OperatingSystem.IsLinux())
        {
            why = "Raw packets are sent on Linux only.";
            return null;
        }

        try
        {
            if (LocalRoute.To(target) is { } route) return Open(route, time);
            why = $"There is no route to {target}.";
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AccessDenied or SocketError.OperationNotSupported)
        {
            why = "This process may not open raw sockets (root or CAP_NET_RAW).";
        }
        catch (Exception error) when (error is SocketException or NetworkInformationException or PcapException or DllNotFoundException or EntryPointNotFoundException
            or TypeInitializationException or PlatformNotSupportedException)
        {
            why = $"Packets cannot be captured on the way to {target} ({error.Message}).";
        }

        return null;
    }

    /// <summary>Single packets to one host over this link.</summary>
    public IPacketIo Attach(IPAddress target) =>
        _hosts.GetOrAdd(AddressNumber.Of(target), number => new RawPacketIo(this, target, number, new PacketTemplate(_route.Source, target, _port.Number), _cookie, _port.Number, _time));

    internal void Detach(UInt128 number) => _hosts.TryRemove(number, out _);

    /// <summary>Answers that the kernel had to drop, as nobody read them in time.</summary>
    internal long Dropped
    {
        get
        {
            lock (_sending)
            {
                var statistics = _capture.Statistics;
                return _dropped = Math.Max(_dropped, (long)statistics.DroppedPackets + statistics.InterfaceDroppedPackets);
            }
        }
    }

    internal int SendSyns(ReadOnlySpan<SynProbe> probes, PacketTemplate template, UInt128 target, RawDestination to)
    {
        // The interface went away under the capture: what nobody hears the answer to is not asked.
        if (_deaf) return 0;
        lock (_sending)
        {
            var sent = 0;
            while (sent < probes.Length)
            {
                var batch = probes.Slice(sent, Math.Min(BatchSender.MaxBatch, probes.Length - sent));
                for (var i = 0; i < batch.Length; i++)
                {
                    var length = template.WriteSyn(_sender.Packet(i), batch[i].Port, _cookie.Sequence(target, batch[i].Port, _port.Number, batch[i].Attempt));
                    _sender.Place(i, length, to);
                }

                var left = _sender.Send(batch.Length);
                sent += left;
                if (left < batch.Length) break;
            }

            return sent;
        }
    }

    public void Dispose()
    {
        _capture.StopCapture();
        _capture.Dispose();
        _sender.Dispose();
        _port.Dispose();
    }

    private static RawLink Open(LocalRoute route, TimeProvider time)
    {
        var sender = new BatchSender(route.Source.AddressFamily);
        OwnPort? port = null;
        LibPcapLiveDevice? capture = null;
        try
        {
            port = OwnPort.Take(route.Source);
            capture = LibPcapLiveDeviceList.New().FirstOrDefault(each => each.Name == route.Device) ?? throw new PlatformNotSupportedException("libpcap does not show it");
            capture.Open(new DeviceConfiguration { Snaplen = SnapLength, ReadTimeout = ReadTimeoutMilliseconds, BufferSize = KernelBufferBytes });
            capture.Filter = CaptureFilter.For(route.Source.AddressFamily, port.Number);
            return new RawLink(capture, sender, port, route, time);
        }
        catch
        {
            capture?.Dispose();
            port?.Dispose();
            sender.Dispose();
            throw;
        }
    }

    private void Take(ReadOnlySpan<byte> frame, PosixTimeval captured)
    {
        if (!AnswerReader.TryRead(LinkHeader.Skip(_linkType, frame), out var answer) || answer.OwnPort != _port.Number) return;
        if (_hosts.TryGetValue(answer.Target, out var host)) host.Offer(answer, Lag(captured));
    }

    /// <summary>How long ago the kernel saw it: a machine too busy to read at once must not make the host look slow.</summary>
    private TimeSpan Lag(PosixTimeval captured)
    {
        var age = _time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddSeconds(captured.Seconds).AddMicroseconds(captured.MicroSeconds);
        return age > TimeSpan.Zero && age < MostAge ? age : TimeSpan.Zero;
    }
}
