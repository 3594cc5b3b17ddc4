using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class SnmpProbeTests
{
    private readonly SnmpProbe _probe = new();

    [Fact]
    public async Task An_agent_that_takes_the_default_community_describes_itself()
    {
        var transport = new ReplayTransport().Answers(Fixture.Bytes("net-snmp-5.9.3-public")).Answers(Fixture.Bytes("net-snmp-5.9.3-v3"));

        var outcome = await ProbeRun.RunAsync(_probe, transport);

        outcome.Identification!.Service.ShouldBe("snmp");
        outcome.Identification.Product.ShouldBe("Net-SNMP");
        outcome.Identification.Info.ShouldBe("Lab Router OS 1.0");
        outcome.Identification.Version.ShouldBeNull();
        outcome.Identification.Facts[FactNames.Community].ShouldBe("public");
        outcome.Identification.Facts[FactNames.ProtocolVersions].ShouldBe("v2c,v3");
        outcome.Evidence.Text.ShouldBe("sysDescr.0 = Lab Router OS 1.0");
    }

    [Fact]
    public async Task An_agent_that_answers_to_version_3_only_is_named_by_its_engine_id()
    {
        var transport = new ReplayTransport().Answers(null).Answers(null).Answers(Fixture.Bytes("net-snmp-5.9.3-v3"));

        var read = (await ProbeRun.RunAsync(_probe, transport)).Identification!;

        read.Product.ShouldBe("Net-SNMP");
        read.Facts.ShouldNotContainKey(FactNames.Community);
    }

    [Fact]
    public async Task Silence_is_silence() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null).Answers(null).Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("net-snmp-5.9.3-public")[..30]).Answers(null).Answers(null))).Result.ShouldBe(ProbeResult.NoMatch);
}
