using System.Net;
using CsCheck;

namespace VulnDiag.Model.Addresses;

public sealed class AddressClassesTests
{
    [Theory]
    [InlineData("8.8.8.8", AddressClass.Global)]
    [InlineData("1.1.1.1", AddressClass.Global)]
    [InlineData("223.255.255.255", AddressClass.Global)]
    [InlineData("0.0.0.0", AddressClass.Unspecified)]
    [InlineData("0.1.2.3", AddressClass.Unspecified)]
    [InlineData("9.255.255.255", AddressClass.Global)]
    [InlineData("10.0.0.1", AddressClass.Private)]
    [InlineData("11.0.0.0", AddressClass.Global)]
    [InlineData("100.63.255.255", AddressClass.Global)]
    [InlineData("100.64.0.1", AddressClass.Shared)]
    [InlineData("100.127.255.255", AddressClass.Shared)]
    [InlineData("100.128.0.0", AddressClass.Global)]
    [InlineData("127.255.255.254", AddressClass.Loopback)]
    [InlineData("169.254.10.1", AddressClass.LinkLocal)]
    [InlineData("172.15.255.255", AddressClass.Global)]
    [InlineData("172.16.0.0", AddressClass.Private)]
    [InlineData("172.31.255.255", AddressClass.Private)]
    [InlineData("172.32.0.0", AddressClass.Global)]
    [InlineData("192.0.0.8", AddressClass.Reserved)]
    [InlineData("192.0.2.1", AddressClass.Documentation)]
    [InlineData("192.88.99.1", AddressClass.Reserved)]
    [InlineData("192.168.1.1", AddressClass.Private)]
    [InlineData("192.169.0.1", AddressClass.Global)]
    [InlineData("198.18.0.1", AddressClass.Benchmarking)]
    [InlineData("198.20.0.1", AddressClass.Global)]
    [InlineData("198.51.100.7", AddressClass.Documentation)]
    [InlineData("203.0.113.255", AddressClass.Documentation)]
    [InlineData("224.0.0.1", AddressClass.Multicast)]
    [InlineData("239.255.255.255", AddressClass.Multicast)]
    [InlineData("240.0.0.1", AddressClass.Reserved)]
    [InlineData("255.255.255.255", AddressClass.Broadcast)]
    [InlineData("2001:4860:4860::8888", AddressClass.Global)]
    [InlineData("2400:cb00::1", AddressClass.Global)]
    [InlineData("2001:200::1", AddressClass.Global)]
    [InlineData("::", AddressClass.Unspecified)]
    [InlineData("::1", AddressClass.Loopback)]
    [InlineData("::2", AddressClass.Reserved)]
    [InlineData("::ffff:8.8.8.8", AddressClass.Embedded)]
    [InlineData("64:ff9b::808:808", AddressClass.Embedded)]
    [InlineData("100::1", AddressClass.Reserved)]
    [InlineData("2001::1", AddressClass.Embedded)]
    [InlineData("2001:10::1", AddressClass.Reserved)]
    [InlineData("2001:2::1", AddressClass.Benchmarking)]
    [InlineData("2001:db8::1", AddressClass.Documentation)]
    [InlineData("2002:808:808::1", AddressClass.Embedded)]
    [InlineData("3fff::1", AddressClass.Documentation)]
    [InlineData("3fff:1000::1", AddressClass.Global)]
    [InlineData("4000::1", AddressClass.Reserved)]
    [InlineData("fc00::1", AddressClass.Private)]
    [InlineData("fdff::1", AddressClass.Private)]
    [InlineData("fe80::1", AddressClass.LinkLocal)]
    [InlineData("fe80::1%1", AddressClass.LinkLocal)]
    [InlineData("fec0::1", AddressClass.Private)]
    [InlineData("ff02::1", AddressClass.Multicast)]
    public void An_address_has_the_class_of_its_registry(string address, AddressClass expected) =>
        AddressClasses.Of(IPAddress.Parse(address)).ShouldBe(expected);

    [Fact]
    public void Every_address_has_a_class() =>
        Gen.Byte.Array[16].Sample(static bytes =>
        {
            AddressClasses.Of(new IPAddress(bytes));
            AddressClasses.Of(new IPAddress(bytes.AsSpan(0, 4)));
        });

    [Fact]
    public void A_laboratory_range_is_scannable_only_where_it_is_allowed()
    {
        var loopback = IPAddress.Parse("127.0.0.1");

        AddressClasses.IsScannable(loopback, []).ShouldBeFalse();
        AddressClasses.IsScannable(loopback, [IPNetwork.Parse("127.0.0.0/8")]).ShouldBeTrue();
        AddressClasses.IsScannable(IPAddress.Parse("10.0.0.1"), [IPNetwork.Parse("127.0.0.0/8")]).ShouldBeFalse();
        AddressClasses.IsScannable(IPAddress.Parse("::ffff:127.0.0.1"), [IPNetwork.Parse("127.0.0.0/8")]).ShouldBeFalse();
        AddressClasses.IsScannable(IPAddress.Parse("8.8.8.8"), []).ShouldBeTrue();
    }
}
