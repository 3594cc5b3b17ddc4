using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A time server that also answers control queries with its version. Source: RFC 5905, section 7.3; RFC 9327 (control messages).</summary>
public sealed class NtpTarget(IPAddress address, int port, string version, TimeProvider time) : UdpTarget(address, port)
{
    private const int PacketLength = 48;
    private const int ControlHeader = 12;
    private const int ModeClient = 3;
    private const int ModeServer = 4;
    private const int ModeControl = 6;
    private const int ReadVariables = 2;
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal override byte[] Answer(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length == 0) return [];
        var mode = datagram[0] & 7;
        if (mode == ModeClient && datagram.Length >= PacketLength) return Time(datagram);
        var asksVariables = mode == ModeControl && datagram.Length >= ControlHeader && (datagram[1] & 0x9F) == ReadVariables;
        return asksVariables ? Variables(datagram) : [];
    }

    private byte[] Time(ReadOnlySpan<byte> request)
    {
        var answer = new byte[PacketLength];
        answer[0] = (byte)((request[0] & 0x38) | ModeServer);
        answer[1] = 2; // stratum
        answer[2] = request[2];
        answer[3] = 0xEC; // precision: about a microsecond
        "\x7F\0\0\x01"u8.CopyTo(answer.AsSpan(12));
        WriteNow(answer.AsSpan(16));
        request[40..48].CopyTo(answer.AsSpan(24));
        WriteNow(answer.AsSpan(32));
        WriteNow(answer.AsSpan(40));
        return answer;
    }

    private byte[] Variables(ReadOnlySpan<byte> request)
    {
        var text = Encoding.ASCII.GetBytes($"version=\"{version}\",processor=\"x86_64\",system=\"Linux/6.1.0\",leap=0,stratum=2");
        var answer = new byte[ControlHeader + ((text.Length + 3) / 4 * 4)];
        answer[0] = request[0];
        answer[1] = 0x80 | ReadVariables;
        request[2..4].CopyTo(answer.AsSpan(2));
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(10), (ushort)text.Length);
        text.CopyTo(answer, ControlHeader);
        return answer;
    }

    private void WriteNow(Span<byte> at)
    {
        var since = time.GetUtcNow() - Epoch;
        var seconds = (uint)(since.Ticks / TimeSpan.TicksPerSecond);
        var fraction = (uint)(since.Ticks % TimeSpan.TicksPerSecond * (1L << 32) / TimeSpan.TicksPerSecond);
        BinaryPrimitives.WriteUInt32BigEndian(at, seconds);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], fraction);
    }
}
