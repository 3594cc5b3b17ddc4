using System.Net;
using CsCheck;

namespace VulnDiag.Engine.Packets;

public sealed class SynCookieTests
{
    /// <summary>Key and message 0, 1, 2 … as in the paper's test vectors; the value is OpenSSL's: <c>openssl mac -macopt size:8 … SIPHASH</c>.</summary>
    [Fact]
    public void The_hash_is_SipHash()
    {
        var cookie = new SynCookie(0x0706050403020100, 0x0f0e0d0c0b0a0908);

        var hash = cookie.Hash(0x0706050403020100, 0x0f0e0d0c0b0a0908, 0x1716151413121110);

        Convert.ToHexString(BitConverter.GetBytes(hash)).ShouldBe("94AF49F6C650ADB8");
    }

    [Fact]
    public void An_attempt_is_read_back_from_its_own_probe_alone() =>
        Gen.Select(Gen.Int[1, 65535], Gen.Int[1, 65535], Gen.Int[0, 7], Gen.UInt).Sample((port, own, attempt, other) =>
        {
            var cookie = new SynCookie(1, 2);
            var target = AddressNumber.Of(IPAddress.Parse("127.0.0.1"));
            var sequence = cookie.Sequence(target, port, own, attempt);
            cookie.TryRead(sequence, target, port, own, out var read).ShouldBeTrue();
            read.ShouldBe(attempt);
            cookie.TryRead(sequence, target, port ^ 1, own, out _).ShouldBeFalse();
            cookie.TryRead(other, target, port, own, out _).ShouldBe((other & ~7u) == (sequence & ~7u));
        });

    [Fact]
    public void Two_scans_do_not_share_a_key()
    {
        var target = AddressNumber.Of(IPAddress.Parse("127.0.0.1"));
        SynCookie.Random().Sequence(target, 22, 40000, 1).ShouldNotBe(SynCookie.Random().Sequence(target, 22, 40000, 1));
    }
}
