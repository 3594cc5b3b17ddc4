using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class PostgresqlProbeTests
{
    private readonly PostgresqlProbe _probe = new();

    [Theory]
    [InlineData("postgresql-15-trust", FactNames.No)]
    [InlineData("postgresql-15-scram", FactNames.Yes)]
    public async Task Whether_a_password_is_wanted_is_read_without_logging_in(string fixture, string expected)
    {
        var outcomes = await ProbeRun.EveryDeliveryAsync(_probe, delivery => WithoutTls(new ReplayTransport().Then(
            () => new ReplayStream { Delivery = delivery, Silent = true }.Hears("vulndiag").Says(Fixture.Bytes(fixture)))));

        foreach (var outcome in outcomes)
        {
            outcome.Identification!.Product.ShouldBe("PostgreSQL");
            outcome.Identification.Version.ShouldBeNull();
            outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(expected);
            outcome.Identification.Facts[FactNames.StartTls].ShouldBe(FactNames.No);
        }
    }

    [Fact]
    public async Task The_way_of_authentication_is_read()
    {
        var transport = WithoutTls(new ReplayTransport().Then(() => new ReplayStream().Hears().Says(Fixture.Bytes("postgresql-15-scram"))));

        (await ProbeRun.RunAsync(_probe, transport)).Identification!.Facts[FactNames.AuthMethods].ShouldBe("scram");
    }

    [Fact]
    public async Task An_answer_cut_short_is_no_match()
    {
        var transport = new ReplayTransport().Then(() => new ReplayStream { CutAfter = 6 }.Hears().Says(Fixture.Bytes("postgresql-15-scram")));

        (await ProbeRun.RunAsync(_probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    private static ReplayTransport WithoutTls(ReplayTransport transport)
    {
        for (var i = 0; i < 3; i++) _ = transport.Then(() => new ReplayStream().Hears().Says("N"));
        return transport;
    }
}
