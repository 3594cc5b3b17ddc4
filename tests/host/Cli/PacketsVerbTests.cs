namespace VulnDiag.Worker.Tests.Cli;

public sealed class PacketsVerbTests : IDisposable
{
    private const string Log = """
        time,address,protocol,port,count
        2026-11-24T05:03:21.120Z,192.0.2.10,tcp,443,1
        2026-11-24T05:03:22.880Z,192.0.2.10,tcp,443,2
        2026-11-24T05:03:23.000Z,192.0.2.10,tcp,80,1
        """;

    private readonly TestConsole _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_time_without_an_offset_is_Japans_and_the_answer_too()
    {
        var log = _console.WriteFile("a.packets.csv", Log + "\n");

        (await _console.RunAsync("packets", "--at", "2026-11-24T14:03:22", "--port", "443", log)).ShouldBe(0);

        _console.Out.ReplaceLineEndings("\n").ShouldBe($"""
            Yes: 3 packets within 5 s of 2026-11-24 14:03:22.000 JST.
            3 to 192.0.2.10, tcp port 443, 2026-11-24 14:03:21.120 JST to 2026-11-24 14:03:22.880 JST ({log})

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("2026-11-24T14:05", "443", null)]
    [InlineData("2026-11-24T14:03:22", "8443", null)]
    [InlineData("2026-11-24T14:03:22", "443", "192.0.2.11")]
    public async Task Another_time_port_or_address_was_not_us(string at, string port, string? address)
    {
        var log = _console.WriteFile("a.packets.csv", Log + "\n");

        (await _console.RunAsync(["packets", "--at", at, "--port", port, .. address is null ? (string[])[] : ["--address", address], log])).ShouldBe(0);

        _console.Out.ShouldStartWith("No: 1 packet logs hold no such packet");
    }

    [Fact]
    public async Task It_answers_as_data_too()
    {
        var log = _console.WriteFile("a.packets.csv", Log + "\n");

        (await _console.RunAsync("packets", "--at", "2026-11-24T05:03:22Z", "--json", log)).ShouldBe(0);

        _console.Out.ShouldStartWith("""{"ours":true,"at":"2026-11-24T14:03:22+09:00","withinSeconds":5,"packets":4,"logs":1,"sightings":[{""");
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("14:03:22")]
    public async Task What_is_no_time_is_wrong_usage(string at) => (await _console.RunAsync("packets", "--at", at)).ShouldBe(2);

    [Fact]
    public async Task A_log_that_is_not_there_is_said()
    {
        (await _console.RunAsync("packets", "--at", "2026-11-24T14:03:22", "nowhere.csv")).ShouldBe(1);
        _console.Error.ShouldContain("There is no packet log nowhere.csv");
    }
}
