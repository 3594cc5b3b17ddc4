using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MysqlProbeTests
{
    private readonly MysqlProbe _probe = new();

    [Fact]
    public async Task MariaDB_is_not_taken_for_MySQL_5_5_5()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Says(Fixture.Bytes("mariadb-10.11.19-handshake"))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("mysql");
            outcome.Identification.Product.ShouldBe("MariaDB");
            outcome.Identification.Version.ShouldBe("10.11.19");
            outcome.Identification.Info.ShouldBe("0+deb12u1");
            outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:mariadb:mariadb:10.11.19:*:*:*:*:*:*:*"]);
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task A_server_that_shuts_us_out_is_named_without_a_version()
    {
        const string Words = "Host '192.0.2.1' is not allowed to connect to this MariaDB server";
        byte[] packet = [(byte)(Words.Length + 3), 0, 0, 0, 0xFF, 0x6A, 0x04, .. System.Text.Encoding.ASCII.GetBytes(Words)];

        var read = (await ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream().Says(packet)))).Identification!;

        read.Product.ShouldBe("MariaDB");
        read.Facts["hostAllowed"].ShouldBe(FactNames.No);
    }

    [Fact]
    public async Task A_packet_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 30 }.Says(Fixture.Bytes("mariadb-10.11.19-handshake")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task Nothing_is_written_to_the_server()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says(Fixture.Bytes("mariadb-10.11.19-handshake")));

        await ProbeRun.RunAsync(_probe, transport);

        transport.Connections[0].Heard.ShouldBeEmpty();
    }
}
