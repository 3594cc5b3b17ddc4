using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class MssqlProbeTests
{
    private readonly MssqlProbe _probe = new();

    [Fact]
    public async Task Version_is_read_before_any_log_in()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Convert.FromHexString("0401002500000100000015000601001b000102001c000103001d0000ff0f0007d000000000")));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("ms-sql-s");
            read.Product.ShouldBe("Microsoft SQL Server");
            read.Version.ShouldBe("15.0.2000");
            read.Cpe.ShouldBe(["cpe:2.3:a:microsoft:sql_server:15.0.2000:*:*:*:*:*:*:*"]);
        }
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Convert.FromHexString("0401002500000100000015000601001b000102001c000103001d0000ff0f0007d000000000")));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
