using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class IkeProbeTests
{
    private readonly IkeProbe _probe = new();

    // The captures answer the cookie "VulnDiag", which every question carries.
    [Fact]
    public async Task A_gateway_is_recognised_and_its_aggressive_mode_told()
    {
        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport()
            .Answers(Fixture.Bytes("strongswan-5.9.8-main")).Answers(Fixture.Bytes("strongswan-5.9.8-ikev2")).Answers(Fixture.Bytes("strongswan-5.9.8-aggressive-refused")))).Identification!;

        read.Service.ShouldBe("isakmp");
        read.Facts[FactNames.ProtocolVersions].ShouldBe("1,2");
        read.Facts["aggressiveMode"].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task Port_4500_is_asked_behind_the_marker()
    {
        var transport = new ReplayTransport().Answers(Fixture.Bytes("strongswan-5.9.8-main-marked")).Answers(null).Answers(null);

        var read = (await ProbeRun.RunAsync(_probe, transport, port: 4500)).Identification!;

        read.Service.ShouldBe("ipsec-nat-t");
        transport.Datagrams.ShouldAllBe(static datagram => datagram.Take(4).All(static value => value == 0));
    }

    [Fact]
    public async Task Vendor_ids_and_aggressive_mode_are_read()
    {
        // RFC 2408 section 3: header of exchange 4 with payloads SA (1), key exchange (4) and vendor id (13).
        var vendor = Convert.FromHexString("404bf439522ca3f6");
        byte[] payloads = [4, 0, 0, 8, 0, 0, 0, 1, 13, 0, 0, 8, 1, 2, 3, 4, 0, 0, 0, 12, .. vendor];
        byte[] answer = [.. "VulnDiag"u8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0x10, 4, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(28 + payloads.Length), .. payloads];

        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("strongswan-5.9.8-main")).Answers(null).Answers(answer))).Identification!;

        read.Product.ShouldBe("SonicWall");
        read.Facts["aggressiveMode"].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task Silence_is_silence() => (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(null).Answers(null))).Result.ShouldBe(ProbeResult.Silent);

    [Fact]
    public async Task An_answer_cut_short_is_no_match() =>
        (await ProbeRun.RunAsync(_probe, new ReplayTransport().Answers(Fixture.Bytes("strongswan-5.9.8-main")[..20]).Answers(null))).Result.ShouldBe(ProbeResult.NoMatch);
}
