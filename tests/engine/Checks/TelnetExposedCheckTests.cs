using VulnDiag.Engine.Checks.Exposure;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

public sealed class TelnetExposedCheckTests
{
    private readonly TelnetExposedCheck _check = new();

    [Fact]
    public void Telnet_in_the_clear_is_positive() =>
        _check.Judge(Facts.Of(Port(service: "telnet"))).Verdict.ShouldBe(CheckVerdict.Positive);

    [Fact]
    public void Telnet_inside_tls_is_negative() =>
        _check.Judge(Facts.Of(Port(service: "telnet") with { Tls = new TlsFacts() })).Verdict.ShouldBe(CheckVerdict.Negative);

    [Fact]
    public void Port_23_that_does_not_speak_telnet_is_not_judged() => _check.AppliesTo(Port(service: null)).ShouldBeFalse();

    private static PortResult Port(string? service) =>
        new() { Protocol = Transport.Tcp, Port = 23, State = "open", Service = service, Confidence = 90 };
}
