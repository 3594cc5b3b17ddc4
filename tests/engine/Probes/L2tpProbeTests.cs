using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class L2tpProbeTests
{
    private readonly L2tpProbe _probe = new();

    [Fact]
    public async Task Debians_own_server_is_named_by_its_vendor()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("xl2tpd-1.3.18-reply")))).Identification.ShouldNotBeNull();

        (read.Product, read.Version, read.Info).ShouldBe(("xl2tpd", null, "vm"));
    }

    [Fact]
    public async Task Host_and_vendor_are_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Reply()))).Identification.ShouldNotBeNull();

        read.Service.ShouldBe("l2tp");
        read.Product.ShouldBe("MikroTik RouterOS");
        read.Version.ShouldBeNull();
        read.Info.ShouldBe("router");
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers((Reply())[..10]))).Result.ShouldBe(ProbeResult.NoMatch);

    /// <summary>RFC 2661 sections 3.1 and 4.1: header with length and sequence numbers; message type 2 (SCCRP), host name, vendor name.</summary>
    private static byte[] Reply()
    {
        byte[] values = [0x80, 8, 0, 0, 0, 0, 0, 2, 0x80, 12, 0, 0, 0, 7, .. "router"u8, 0, 14, 0, 0, 0, 8, .. "MikroTik"u8];
        return [0xC8, 2, 0, (byte)(12 + values.Length), 0, 0, 0, 0, 0, 0, 0, 1, .. values];
    }
}
