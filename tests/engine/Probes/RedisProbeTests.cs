using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class RedisProbeTests
{
    private readonly RedisProbe _probe = new();

    [Fact]
    public async Task An_open_server_tells_its_version()
    {
        var outcome = await RunAsync(Fixture.Bytes("redis-7.0.15-info"), Delivery.Whole);

        outcome.Identification!.Product.ShouldBe("Redis");
        outcome.Identification.Version.ShouldBe("7.0.15");
        outcome.Identification.Cpe.ShouldBe(["cpe:2.3:a:redis:redis:7.0.15:*:*:*:*:*:*:*"]);
        outcome.Identification.Facts[FactNames.AuthRequired].ShouldBe(FactNames.No);
    }

    [Theory]
    [InlineData(Delivery.LineByLine)]
    [InlineData(Delivery.ByteByByte)]
    public async Task The_delivery_makes_no_difference(Delivery delivery) =>
        (await RunAsync(Fixture.Bytes("redis-7.0.15-info"), delivery)).Identification!.Version.ShouldBe("7.0.15");

    [Fact]
    public async Task A_server_with_a_password_keeps_its_version()
    {
        var read = (await RunAsync(Fixture.Bytes("redis-7.0.15-noauth"), Delivery.Whole)).Identification!;

        read.Version.ShouldBeNull();
        read.Facts[FactNames.AuthRequired].ShouldBe(FactNames.Yes);
    }

    [Fact]
    public async Task Valkey_is_not_taken_for_the_redis_that_it_is_compatible_with()
    {
        var answer = "$90\r\n# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\nredis_mode:standalone\r\n"u8.ToArray();

        var read = (await RunAsync(answer, Delivery.Whole)).Identification!;

        (read.Product, read.Version).ShouldBe(("Valkey", "8.0.1"));
    }

    [Theory]
    [InlineData("-ERR unknown command\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("$12\r\nno version\r\n")]
    public async Task Anything_else_is_no_match(string answer) =>
        (await RunAsync(System.Text.Encoding.Latin1.GetBytes(answer), Delivery.Whole)).Result.ShouldBe(ProbeResult.NoMatch);

    private Task<ProbeOutcome> RunAsync(byte[] answer, Delivery delivery) =>
        ProbeRun.RunAsync(_probe, new ReplayTransport().Then(() => new ReplayStream { Delivery = delivery }.Hears("INFO server").Says(answer)));
}
