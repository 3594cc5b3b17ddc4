using CsCheck;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

public sealed class PortListTests
{
    [Theory]
    [InlineData("22,80,8000-8003", new[] { 22, 80, 8000, 8001, 8002, 8003 })]
    [InlineData(" 443 , 22 ", new[] { 22, 443 })]
    [InlineData("5-5,5", new[] { 5 })]
    [InlineData("", new int[0])]
    public void Lists_are_read(string text, int[] ports) => PortList.Parse(text, Transport.Tcp).Ports.ShouldBe(ports);

    [Fact]
    public void A_hyphen_is_all_65535() => PortList.Parse("-", Transport.Tcp).Ports.ShouldBe(Enumerable.Range(1, 65535));

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("80-22")]
    [InlineData("1-2-3")]
    [InlineData("ssh")]
    [InlineData("22,")]
    [InlineData("-5")]
    [InlineData("top100")]
    public void What_is_no_list_is_told(string text) => PortList.Parse(text, Transport.Tcp).Fault.ShouldNotBeNull();

    [Theory]
    [InlineData("top100", 100)]
    [InlineData("top1000", 1000)]
    public void Udp_has_lists_of_ports_worth_asking(string text, int count)
    {
        var ports = PortList.Parse(text, Transport.Udp).Ports;

        ports.Distinct().Count().ShouldBe(count);
        ports.ShouldBeSubsetOf(Enumerable.Range(1, 65535));
        ports.ShouldContain(161);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Int[1, 65535].HashSet[0, 300].Sample(ports => PortList.Parse(PortList.Format(ports), Transport.Tcp).Ports.ShouldBe(ports.Order()));

    [Fact]
    public void Any_text_is_a_list_or_a_fault() => Gen.String.Sample(static text => PortList.Parse(text, Transport.Udp));
}
