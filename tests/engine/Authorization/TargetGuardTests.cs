using System.Net;
using CsCheck;

namespace VulnDiag.Engine.Authorization;

public sealed class TargetGuardTests
{
    private static readonly TargetGuard Shipped = new([]);

    [Theory]
    // Each range's first and last address, from the RFC that sets it aside.
    [InlineData("0.0.0.0", "address-unspecified")]
    [InlineData("10.0.0.0", "address-private")]
    [InlineData("10.255.255.255", "address-private")]
    [InlineData("172.16.0.1", "address-private")]
    [InlineData("172.31.255.255", "address-private")]
    [InlineData("192.168.1.1", "address-private")]
    [InlineData("100.64.0.1", "address-shared")]
    [InlineData("100.127.255.255", "address-shared")]
    [InlineData("127.0.0.1", "address-loopback")]
    [InlineData("127.255.255.254", "address-loopback")]
    [InlineData("169.254.169.254", "address-link-local")]
    [InlineData("192.0.2.1", "address-documentation")]
    [InlineData("198.51.100.7", "address-documentation")]
    [InlineData("203.0.113.255", "address-documentation")]
    [InlineData("198.18.0.10", "address-benchmarking")]
    [InlineData("198.19.255.255", "address-benchmarking")]
    [InlineData("224.0.0.1", "address-multicast")]
    [InlineData("239.255.255.255", "address-multicast")]
    [InlineData("240.0.0.1", "address-reserved")]
    [InlineData("255.255.255.255", "address-broadcast")]
    [InlineData("::", "address-unspecified")]
    [InlineData("::1", "address-loopback")]
    [InlineData("::ffff:8.8.8.8", "address-mapped")]
    [InlineData("fe80::1", "address-link-local")]
    [InlineData("fd00::1", "address-private")]
    [InlineData("ff02::1", "address-multicast")]
    [InlineData("2001:db8::1", "address-documentation")]
    [InlineData("3fff::1", "address-documentation")]
    [InlineData("2002:808:808::1", "address-embedded")]
    [InlineData("2001::1", "address-embedded")]
    [InlineData("4000::1", "address-reserved")]
    [InlineData("64:ff9b::808:808", "address-embedded")]
    public void What_is_not_global_unicast_is_refused(string address, string word) =>
        Shipped.Refuse(IPAddress.Parse(address), [], [])!.Word.ShouldBe(word);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2400:cb00::1")]
    public void Global_unicast_is_let_through(string address) => Shipped.Refuse(IPAddress.Parse(address), [], []).ShouldBeNull();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("8.8.0.0/16")]
    [InlineData("8.8.8.9/24")]
    public void An_exclusion_holds_for_addresses_and_for_ranges(string exclusion) =>
        Shipped.Refuse(IPAddress.Parse("8.8.8.8"), ["2001:4860::/32", exclusion], [])!.Word.ShouldBe("address-excluded");

    [Fact]
    public void An_exclusion_that_cannot_be_read_excludes_everything() =>
        Shipped.Refuse(IPAddress.Parse("8.8.8.8"), ["8.8.8.8/99"], [])!.Word.ShouldBe("exclusion-unreadable");

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, "address-loopback")]
    [InlineData(false, true, "address-loopback")]
    [InlineData(false, false, "address-loopback")]
    public void A_lab_address_needs_the_setting_and_the_authorisation(bool setting, bool authorized, string? word)
    {
        var guard = new TargetGuard(setting ? ["127.0.0.0/8"] : []);

        guard.Refuse(IPAddress.Parse("127.0.0.5"), [], authorized ? ["127.0.0.0/8"] : [])?.Word.ShouldBe(word);
        (guard.Refuse(IPAddress.Parse("127.0.0.5"), [], authorized ? ["127.0.0.0/8"] : []) is null).ShouldBe(word is null);
    }

    [Fact]
    public void An_exclusion_holds_in_a_lab_too() =>
        new TargetGuard(["127.0.0.0/8"]).Refuse(IPAddress.Parse("127.0.0.5"), ["127.0.0.5"], ["127.0.0.0/8"])!.Word.ShouldBe("address-excluded");

    [Fact]
    public void A_setting_that_cannot_be_read_is_told() => Should.Throw<ArgumentException>(static () => new TargetGuard(["lab"]));

    [Fact]
    public void Ranges_read_as_the_framework_reads_networks() =>
        Gen.Select(Gen.Byte.Array[4], Gen.Int[0, 32], Gen.Byte.Array[4]).Sample((network, length, other) =>
        {
            var range = AddressRange.TryParse($"{new IPAddress(network)}/{length}")!.Value;
            var mask = length == 0 ? 0u : uint.MaxValue << (32 - length);
            var inside = (Number(network) & mask) == (Number(other) & mask);
            range.Holds(new IPAddress(other)).ShouldBe(inside);
        });

    [Fact]
    public void Any_text_is_a_range_or_none() => Gen.String.Sample(static text => AddressRange.TryParse(text));

    private static uint Number(byte[] address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address);
}
