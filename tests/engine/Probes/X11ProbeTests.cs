using System.Text;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class X11ProbeTests
{
    private readonly X11Probe _probe = new();

    [Fact]
    public async Task An_open_display_is_told_by_its_success()
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => Server(delivery, Success()));

        foreach (var outcome in outcomes)
        {
            var read = outcome.Identification.ShouldNotBeNull(outcome.Reason);
            read.Service.ShouldBe("x11");
            read.Product.ShouldBeNull();
            read.Version.ShouldBeNull();
            read.Info.ShouldBe("The X.Org Foundation");
            read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
        }
    }

    [Theory]
    [InlineData(12101007u, "21.1.7")]
    [InlineData(12014000u, "1.20.14")]
    [InlineData(11902000u, "1.19.2")]
    public async Task The_release_of_the_x_org_server_is_its_version(uint release, string version)
    {
        byte[] answer = Success();
        BitConverter.TryWriteBytes(answer.AsSpan(8), release);

        var read = (await ProbeRun.RunAsync(_probe, Server(Delivery.Whole, answer))).Identification.ShouldNotBeNull();

        (read.Product, read.Version).ShouldBe(("X.Org Server", version));
    }

    [Fact]
    public async Task Debians_own_server_is_read()
    {
        var read = (await ProbeRun.RunAsync(_probe, Server(Delivery.Whole, Fixture.Bytes("xorg-21.1.7-success")))).Identification.ShouldNotBeNull();

        (read.Product, read.Version, read.Facts[FactNames.AuthRequired]).ShouldBe(("X.Org Server", "21.1.7", FactNames.No));
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 3 }.Hears().Says(Success()));

        (await ProbeRun.RunAsync(_probe, transport)).Identification.ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_is_authorisation()
    {
        byte[] refusal = [0, 22, 11, 0, 0, 0, 6, 0, .. Encoding.ASCII.GetBytes("No protocol specified\n"), 0, 0];
        var transport = new ReplayTransport().Then(() => new ReplayStream().Hears().Says(refusal));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    /// <summary>X11 protocol, section 8: status, version 11.0, words that follow; release, ids, motion buffer; length of the vendor; the rest.</summary>
    private static byte[] Success()
    {
        var vendor = Encoding.ASCII.GetBytes("The X.Org Foundation");
        byte[] body = [.. new byte[16], (byte)vendor.Length, 0, .. new byte[14], .. vendor, 0, 0, 0, 0];
        return [1, 0, 11, 0, 0, 0, (byte)(body.Length / 4), 0, .. body];
    }

    private static ReplayTransport Server(Delivery delivery, byte[] answer) => new ReplayTransport().Then(
        () => new ReplayStream { Delivery = delivery, Silent = true }.Hears().Says(answer));
}
