using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class RpcbindUdpProbeTests
{
    private readonly RpcbindUdpProbe _probe = new();

    [Fact]
    public async Task Programs_are_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("rpcbind-1.2.6-dump")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("rpcbind");
        read.Product.ShouldBe("rpcbind");
        read.Version.ShouldBeNull();
        read.Facts["programs"].ShouldBe("100000");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Fixture.Bytes("rpcbind-1.2.6-dump"))[..20]))).Result.ShouldBe(ProbeResult.NoMatch);
}
