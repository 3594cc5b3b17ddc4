using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Engine;

public sealed class ScanStagesTests
{
    private static readonly NotExamined Missed = new(Transport.Udp, 1234, "identify", "No probe recognised what answers here.");

    [Fact]
    public void A_silent_udp_port_that_answers_a_probe_is_open_also_when_no_one_understands_it()
    {
        var entries = ScanStages.Entries(Examined(service: null, evidence: "what?"), keptSilent: true);

        entries.Count.ShouldBe(2);
        entries[0].Ports.ShouldBe(new ResolvedPorts(Transport.Udp, PortState.Open, "1234"));
        var examined = entries[1].Examined.ShouldNotBeNull();
        (examined.Port.State, examined.Port.Evidence).ShouldBe((PortResult.Open, "what?"));
        examined.NotExamined.ShouldHaveSingleItem().ShouldBe(Missed);
    }

    [Fact]
    public void A_silent_udp_port_that_answers_no_probe_may_be_open_or_filtered()
    {
        var examined = ScanStages.Entries(Examined(service: null, evidence: ""), keptSilent: true).ShouldHaveSingleItem().Examined.ShouldNotBeNull();

        examined.Port.State.ShouldBe(PortResult.OpenOrFiltered);
        examined.NotExamined.ShouldBeEmpty();
    }

    private static ExaminedPort Examined(string? service, string evidence) => new(
        new PortResult { Protocol = Transport.Udp, Port = 1234, State = PortResult.Open, Service = service, Confidence = 0, Evidence = evidence },
        [Missed]);
}
