using System.Net;
using CsCheck;

namespace VulnDiag.Engine.Packets;

public sealed class AnswerReaderTests
{
    // Laid out by hand from RFC 791, 792, 9293, 768, 8200, 4443.
    private const string V4 = "45 00 0028 0000 4000 40 06 0000 c6120a01 c6120001";
    private const string V4Icmp = "45 00 0038 0000 0000 40 01 0000 c6120afe c6120001", About = "45 00 002c 0000 4000 3f 06 0000 c6120001 c6120a01", AboutUdp = "45 00 001c 0000 4000 3f 11 0000 c6120001 c6120a01";

    [Theory]
    [InlineData(V4 + "0016 9c40 00000001 1a2b3c4e 50 12 ffff 0000 0000", "22 40000 SynAck 1a2b3c4d")]
    [InlineData(V4 + "0017 9c40 00000000 1a2b3c4e 50 14 0000 0000 0000", "23 40000 Reset 1a2b3c4d")]
    [InlineData(V4Icmp + "030a 0000 00000000" + About + "9c40 2328 1a2b3c4d", "9000 40000 Prohibited 1a2b3c4d")]
    [InlineData(V4Icmp + "0303 0000 00000000" + About + "9c40 2328 1a2b3c4d", "9000 40000 Prohibited 1a2b3c4d")]
    [InlineData(V4Icmp + "0b00 0000 00000000" + About + "9c40 2328 1a2b3c4d", "9000 40000 Unreachable 1a2b3c4d")]
    [InlineData(V4Icmp + "0301 0000 00000000" + About + "9c40 2328 1a2b3c4d", "9000 40000 Unreachable 1a2b3c4d")]
    public void What_an_IPv4_packet_answers_is_read(string hex, string expected) => Read(hex, "198.18.10.1").ShouldBe(expected);

    [Theory]
    [InlineData("6000 0000 0014 06 40" + Host6 + Own6 + "0016 9c40 00000001 1a2b3c4e 50 12 ffff 0000 0000", "22 40000 SynAck 1a2b3c4d")]
    [InlineData("6000 0000 001c 00 40" + Host6 + Own6 + "06 00 0104 00000000" + "0016 9c40 00000001 1a2b3c4e 50 12 ffff 0000 0000", "22 40000 SynAck 1a2b3c4d")]
    [InlineData("6000 0000 0040 3a 40" + Host6 + Own6 + "0101 0000 00000000" + "6000 0000 0018 06 3f" + Own6 + Host6 + "9c40 2328 1a2b3c4d", "9000 40000 Prohibited 1a2b3c4d")]
    public void What_an_IPv6_packet_answers_is_read(string hex, string expected) => Read(hex, "2001:db8::10").ShouldBe(expected);

    [Theory]
    [InlineData(V4 + "0016 9c40 00000001 1a2b3c4e 50 02 ffff 0000 0000")]
    [InlineData(V4 + "0016 9c40 00000001 00000000 50 04 0000 0000 0000")]
    [InlineData(V4 + "0016 9c40 00000001 1a2b3c4e 50 10 ffff 0000 0000")]
    [InlineData(V4Icmp + "0304 0000 00000000" + About + "9c40 2328 1a2b3c4d")]
    [InlineData(V4 + "0035 9c40 000c 0000 00010203")]
    [InlineData(V4Icmp + "0303 0000 00000000" + AboutUdp + "9c40 00a1 0008 0000")]
    [InlineData(V4Icmp + "0800 0000 00000000" + About + "9c40 2328 1a2b3c4d")]
    [InlineData("45 00 0028 0000 2001 40 06 0000 c6120a01 c6120001 0016 9c40 00000001 1a2b3c4e 50 12 ffff 0000 0000")]
    public void What_answers_no_probe_is_passed_over(string hex) => AnswerReader.TryRead(Bytes(hex), out _).ShouldBeFalse();

    [Fact]
    public void It_survives_any_bytes() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 4], Gen.Int[0, 5]).Sample((bytes, first, link) =>
        {
            if (bytes.Length > 0 && first > 0) bytes[0] = FirstBytes[first];
            AnswerReader.TryRead(LinkHeader.Skip(Links[link], bytes), out _);
            AnswerReader.TryRead(bytes, out _);
        }, iter: 200_000);

    [Fact]
    public void A_packet_that_is_cut_short_anywhere_is_no_error()
    {
        var whole = Bytes(V4Icmp + "030a 0000 00000000" + About + "9c40 2328 1a2b3c4d");
        for (var length = 0; length < whole.Length; length++) AnswerReader.TryRead(whole.AsSpan(0, length), out _).ShouldBe(false, $"{length} bytes");
        AnswerReader.TryRead(whole, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, "001122334455 66778899aabb 0800")]
    [InlineData(1, "001122334455 66778899aabb 8100 0001 0800")]
    [InlineData(1, "001122334455 66778899aabb 88a8 0001 8100 0002 0800")]
    [InlineData(0, "02000000")]
    [InlineData(101, "")]
    [InlineData(113, "0000 0001 0006 0011223344550000 0800")]
    [InlineData(276, "0800 0000 00000003 0001 00 06 0011223344550000")]
    public void The_IP_packet_is_found_behind_each_link_header(int link, string header) =>
        Convert.ToHexString(LinkHeader.Skip(link, Bytes(header + "45ff"))).ShouldBe("45FF");

    private static readonly byte[] FirstBytes = [0, 0x45, 0x46, 0x4f, 0x60];
    private static readonly int[] Links = [0, 1, 12, 113, 276, 9];
    private const string Host6 = "20010db8000000000000000000000010", Own6 = "20010db8000000000000000000000001";

    private static string Read(string hex, string host)
    {
        AnswerReader.TryRead(Bytes(hex), out var answer).ShouldBeTrue();
        answer.Target.ShouldBe(AddressNumber.Of(IPAddress.Parse(host)));
        return $"{answer.Port} {answer.OwnPort} {answer.Kind} {answer.Sequence:x}";
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
