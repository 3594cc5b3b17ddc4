using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VulnDiag.Engine.Packets;

/// <summary>Hands whole IP packets to the kernel, many in one call; the kernel finds the way, the neighbour and the link header.</summary>
/// <remarks>
/// Needs CAP_NET_RAW. Not thread-safe. Sent this way, packets keep to the routing table, where a guard route or a firewall of this
/// machine still holds them back. Source: raw(7), sendmmsg(2); why this way: docs/decisions/0172.
/// </remarks>
internal sealed class BatchSender : IDisposable
{
    /// <summary>The most packets in one call.</summary>
    public const int MaxBatch = 256;

    private const int Interrupted = 4;

    private readonly Socket _socket;
    private readonly byte[] _packets = GC.AllocateArray<byte>(MaxBatch * PacketTemplate.MaxSynLength, pinned: true);
    private readonly IoVector[] _vectors = GC.AllocateArray<IoVector>(MaxBatch, pinned: true);
    private readonly BatchMessage[] _messages = GC.AllocateArray<BatchMessage>(MaxBatch, pinned: true);

    /// <exception cref="SocketException">The right to raw sockets is missing.</exception>
    public BatchSender(AddressFamily family) => _socket = new Socket(family, SocketType.Raw, ProtocolType.Raw);

    /// <summary>Room for one packet of a batch.</summary>
    public Span<byte> Packet(int index) => _packets.AsSpan(index * PacketTemplate.MaxSynLength, PacketTemplate.MaxSynLength);

    /// <summary>Sets the length of a packet that was written.</summary>
    public void Place(int index, int length, RawDestination to)
    {
        _vectors[index] = new IoVector { Base = Marshal.UnsafeAddrOfPinnedArrayElement(_packets, index * PacketTemplate.MaxSynLength), Length = (nuint)length };
        _messages[index] = new BatchMessage
        {
            Header = new MessageHeader { Name = to.Name, NameLength = to.Length, Vectors = Marshal.UnsafeAddrOfPinnedArrayElement(_vectors, index), VectorCount = 1 },
        };
    }

    /// <summary>Sends the first packets placed.</summary>
    /// <returns>How many left, from the first on.</returns>
    public int Send(int count)
    {
        var sent = 0;
        while (sent < count)
        {
            var now = sendmmsg(_socket.SafeHandle, Marshal.UnsafeAddrOfPinnedArrayElement(_messages, sent), (uint)(count - sent), 0);
            if (now < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (now <= 0) break;
            sent += now;
        }

        return sent;
    }

    public void Dispose() => _socket.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code in this assembly; the types here are the kernel's own.
    private static extern int sendmmsg(SafeSocketHandle socket, nint messages, uint count, int flags);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public nint Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public nint Name;
        public uint NameLength;
        public nint Vectors;
        public nuint VectorCount;
        public nint Control;
        public nuint ControlLength;
        public int Flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BatchMessage
    {
        public MessageHeader Header;
        public uint Sent;
    }
}

/// <summary>Where a raw packet goes, in the kernel's form.</summary>
internal sealed class RawDestination
{
    private readonly byte[] _name;

    /// <param name="target">The address; a raw socket's port stays 0.</param>
    public RawDestination(IPAddress target)
    {
        var address = new IPEndPoint(target, 0).Serialize();
        _name = GC.AllocateArray<byte>(address.Size, pinned: true);
        address.Buffer.Span[..address.Size].CopyTo(_name);
    }

    public nint Name => Marshal.UnsafeAddrOfPinnedArrayElement(_name, 0);

    public uint Length => (uint)_name.Length;
}
