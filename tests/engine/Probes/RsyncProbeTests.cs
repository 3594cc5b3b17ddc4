using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class RsyncProbeTests
{
    private readonly RsyncProbe _probe = new();

    [Theory]
    [InlineData(null, FactNames.Yes)]
    [InlineData("@RSYNCD: EXIT\n", FactNames.No)]
    public async Task Folders_are_listed_or_not(string? list, string expected)
    {
        var answer = list is null ? Fixture.Bytes("rsync-3.5.0-list") : System.Text.Encoding.ASCII.GetBytes(list);
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery }.Says(Fixture.Bytes("rsync-3.5.0-greeting")).Hears("#list").Says(answer)));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Service.ShouldBe("rsync");
            outcome.Identification.Info.ShouldBe("protocol 32.0");
            outcome.Identification.Facts["modules"].ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_greeting_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 5 }.Says(Fixture.Bytes("rsync-3.5.0-greeting")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }
}
