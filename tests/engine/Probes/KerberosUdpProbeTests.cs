using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class KerberosUdpProbeTests
{
    private readonly KerberosUdpProbe _probe = new();

    [Fact]
    public async Task The_words_of_the_error_name_the_product()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("krb5-1.20.1-unknown-client")))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("kerberos-sec");
        read.Product.ShouldBe("MIT Kerberos");
        read.Version.ShouldBeNull();
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("krb5-1.20.1-unknown-client")[..40]))).Result.ShouldBe(ProbeResult.NoMatch);
}
