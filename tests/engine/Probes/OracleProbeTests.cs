using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class OracleProbeTests
{
    private readonly OracleProbe _probe = new();

    [Fact]
    public async Task Version_is_read_from_a_refusal()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Refusal()));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("oracle-tns");
            read.Product.ShouldBe("Oracle TNS listener");
            read.Version.ShouldBe("11.2.0.2.0");
        }
    }

    [Fact]
    public async Task Another_protocol_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream().Says("SSH-2.0-x\r\n")).Then(() => new ReplayStream().Says("SSH-2.0-x\r\n"));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Refusal()));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    /// <summary>A refuse packet (type 4): length, checksum, type, reasons, length of the words, words. 186647040 is 0x0B200200.</summary>
    private static byte[] Refusal()
    {
        var words = Encoding.ASCII.GetBytes("(DESCRIPTION=(TMP=)(VSNNUM=186647040)(ERR=1189)(ERROR_STACK=(ERROR=(CODE=1189)(EMFI=4))))");
        return [0, (byte)(12 + words.Length), 0, 0, 4, 0, 0, 0, 34, 0, 0, (byte)words.Length, .. words];
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
