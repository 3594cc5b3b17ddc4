using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class NetbiosNameProbeTests
{
    private readonly NetbiosNameProbe _probe = new();

    [Fact]
    public async Task Names_are_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("samba-4.17.12-nbstat")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("netbios-ns");
        read.Product.ShouldBe("Samba nmbd");
        read.Version.ShouldBeNull();
        read.Info.ShouldBe("NAS, LAB");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Fixture.Bytes("samba-4.17.12-nbstat"))[..60]))).Result.ShouldBe(ProbeResult.NoMatch);
}
