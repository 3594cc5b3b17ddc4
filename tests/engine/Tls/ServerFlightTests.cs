using CsCheck;

namespace VulnDiag.Engine.Tls;

public sealed class ServerFlightTests
{
    // RFC 8448 section 3: the ServerHello of the simple 1-RTT handshake, as one record.
    internal const string Tls13ServerHello =
        "160303005a020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e26928001301" +
        "00002e00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304";

    [Fact]
    public void The_rfcs_server_hello_is_tls_1_3_with_its_cipher()
    {
        var flight = ServerFlight.Parse(Convert.FromHexString(Tls13ServerHello));

        flight.Kind.ShouldBe(FlightKind.Accepted);
        flight.Version.ShouldBe(TlsVersion.Tls13);
        flight.Cipher.ShouldBe(0x1301);
        flight.Done.ShouldBeTrue();
    }

    [Fact]
    public void Cut_short_it_is_unfinished()
    {
        var whole = Convert.FromHexString(Tls13ServerHello);

        Gen.Int[0, whole.Length - 1].Sample(cut => ServerFlight.Parse(whole.AsSpan(0, cut)).Kind.ShouldBe(FlightKind.Unfinished));
    }

    [Theory]
    [InlineData("15030100020228", FlightKind.Alert)] // RFC 5246 section 7.2: fatal handshake_failure
    [InlineData("485454502f312e3120343030", FlightKind.NotTls)] // HTTP/1.1 400
    [InlineData("5353482d322e30", FlightKind.NotTls)]
    [InlineData("", FlightKind.Unfinished)]
    internal void Other_answers_are_told_apart(string hex, FlightKind kind) => ServerFlight.Parse(Convert.FromHexString(hex)).Kind.ShouldBe(kind);

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[0, 400].Sample(static bytes => ServerFlight.Parse(bytes));

    [Fact]
    public void A_changed_byte_is_survived()
    {
        var whole = Convert.FromHexString(Tls13ServerHello);

        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = whole.ToArray();
            changed[at] = value;
            ServerFlight.Parse(changed);
        });
    }
}
