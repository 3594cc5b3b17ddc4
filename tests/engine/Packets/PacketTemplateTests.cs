using System.Net;
using CsCheck;

namespace VulnDiag.Engine.Packets;

public sealed class PacketTemplateTests
{
    private static readonly (string Source, string Target)[] Ends = [("127.0.0.1", "127.1.2.3"), ("::1", "2001:db8::99")];

    [Fact]
    public void Every_SYN_carries_sums_that_add_up() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[1, 65535], Gen.UInt).Sample((which, port, sequence) =>
        {
            var ends = Ends[which];
            var template = new PacketTemplate(IPAddress.Parse(ends.Source), IPAddress.Parse(ends.Target), 40000);
            Span<byte> packet = stackalloc byte[PacketTemplate.MaxSynLength];
            Adds(packet[..template.WriteSyn(packet, port, sequence)]);
        });

    [Fact]
    public void A_SYN_is_laid_out_as_RFC_9293_says()
    {
        Span<byte> packet = stackalloc byte[PacketTemplate.MaxSynLength];
        var length = new PacketTemplate(IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.1.2.3"), 40000).WriteSyn(packet, 443, 0x11223344);

        length.ShouldBe(44);
        Convert.ToHexString(packet[20..34]).ShouldBe("9C40" + "01BB" + "11223344" + "00000000" + "60" + "02");
        Convert.ToHexString(packet[40..44]).ShouldBe("020405B4");
    }

    /// <summary>RFC 1071: the sum over data with its checksum in place is all ones.</summary>
    private static void Adds(ReadOnlySpan<byte> packet)
    {
        var v6 = packet[0] >> 4 == 6;
        var header = v6 ? 40 : 20;
        if (!v6) Sum(packet[..20]).ShouldBe(0xffffu);
        var protocol = packet[v6 ? 6 : 9];
        var pseudo = (v6 ? packet[8..40] : packet[12..20]).ToArray().Concat(new byte[] { 0, protocol, (byte)((packet.Length - header) >> 8), (byte)(packet.Length - header) }).ToArray();
        Sum([.. pseudo, .. packet[header..]]).ShouldBe(0xffffu);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i++) sum += (uint)(bytes[i] << (i % 2 == 0 ? 8 : 0));
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }
}
