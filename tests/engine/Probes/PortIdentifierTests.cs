using System.Net;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Which probe asks which port, with probes on paper.</summary>
public sealed class PortIdentifierTests
{
    private readonly List<string> _asked = [];

    [Fact]
    public async Task The_usual_probe_of_a_port_is_asked_first_and_no_other_after_it()
    {
        var result = await IdentifyAsync(2121, new ReplayTransport(), Probe("ftp", [2121], "ftp"), Probe("any", [80], "http", anyPort: 1));

        result.Service.ShouldBe("ftp");
        _asked.ShouldBe(["ftp"]);
    }

    [Fact]
    public async Task On_an_unusual_port_the_greeting_chooses_the_probe()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Says("220 hello"));

        var result = await IdentifyAsync(4000, transport, Probe("smtp", [25], "smtp", greeting: "220"), Probe("ssh", [22], "ssh", greeting: "SSH-"), Probe("any", [80], "http", anyPort: 1));

        result.Service.ShouldBe("smtp");
        _asked.ShouldBe(["smtp"]);
    }

    [Fact]
    public async Task A_server_that_waits_is_asked_by_the_harmless_probes()
    {
        var transport = new ReplayTransport().Then(Quiet).Then(Quiet);

        var result = await IdentifyAsync(4000, transport, Probe("ssh", [22], "ssh", greeting: "SSH-"), Probe("any", [80], "http", anyPort: 1));

        result.Service.ShouldBe("http");
        _asked.ShouldBe(["any"]);
    }

    [Fact]
    public async Task What_no_probe_knows_is_not_examined_and_keeps_what_was_said()
    {
        var transport = new ReplayTransport().Then(static () => new ReplayStream().Says("?? 1.0"));

        var examined = await ExamineAsync(4000, transport);

        examined.Port.Service.ShouldBeNull();
        examined.Port.Product.ShouldBeNull();
        examined.Port.Confidence.ShouldBe(0);
        examined.Port.Evidence.ShouldBe("?? 1.0");
        examined.NotExamined.ShouldHaveSingleItem().What.ShouldBe("identify");
    }

    [Fact]
    public async Task A_port_that_breaks_a_probe_is_not_examined_by_it_and_the_next_probe_is_asked()
    {
        var broken = new PaperProbe(new ProbeInfo("a-broken", Transport.Tcp, [4000], 1), _asked, static _ => throw new FormatException("Bad number."));

        var examined = await ExamineAsync(4000, new ReplayTransport(), broken, Probe("b-good", [4000], "ftp"));

        examined.Port.Service.ShouldBe("ftp");
        var missed = examined.NotExamined.ShouldHaveSingleItem();
        (missed.What, missed.Reason).ShouldBe(("a-broken", "FormatException: Bad number."));
    }

    [Fact]
    public async Task A_port_that_is_only_listened_to_is_asked_by_no_probe()
    {
        var gate = new OpenGate { ListenOnly = { 9100 } };
        var server = new ReplayStream { Silent = true };

        var identifier = new PortIdentifier(IPAddress.Loopback, null, new ReplayTransport().Then(() => server), gate, ProbeRun.Limits, [Probe("any", [9100], "http", anyPort: 1)], TimeProvider.System);
        var examined = await identifier.IdentifyAsync(Transport.Tcp, 9100, CancellationToken.None);

        _asked.ShouldBeEmpty();
        server.Heard.ShouldBeEmpty();
        (examined.Port.Service, examined.Port.Confidence).ShouldBe(("jetdirect", 10));
    }

    [Fact]
    public async Task A_usual_probe_that_failed_in_the_clear_is_asked_again_inside_tls()
    {
        var probe = new PaperProbe(new ProbeInfo("http", Transport.Tcp, [8080], 1) { AnyPort = 1 }, _asked, static context => context.Target.Tls is null
            ? ProbeOutcome.NoMatch(Evidence.Of(Convert.FromHexString("15030100020246")))
            : ProbeOutcome.Identified(new Identification { Service = "http" }, Evidence.None));
        // The greeting's connection, the five versions (one accepted, by RFC 8448's ServerHello), and the one for the certificate.
        var transport = new ReplayTransport { Tls = new TlsSession(Stream.Null, "TLSv1.3", "TLS_AES_128_GCM_SHA256", null) }.Then(Quiet)
            .Then(static () => new ReplayStream().Hears().Says(Convert.FromHexString(Tls.ServerFlightTests.Tls13ServerHello)));
        for (var version = 0; version < 5; version++) transport.Then(static () => new ReplayStream().Hears().Says(Convert.FromHexString("15030100020246")));

        var result = await IdentifyAsync(8080, transport, probe);

        result.Service.ShouldBe("https");
        result.Tls!.Versions.ShouldBe(["TLSv1.3"]);
        _asked.ShouldBe(["http", "http"]);
    }

    [Fact]
    public async Task The_likelier_protocol_is_asked_first_where_the_server_waits()
    {
        var transport = new ReplayTransport().Then(Quiet).Then(Quiet);
        var http = new PaperProbe(new ProbeInfo("http", Transport.Tcp, [80], 1) { AnyPort = 1 }, _asked, static _ => ProbeOutcome.Silent());

        await IdentifyAsync(4000, transport, Probe("ajp", [8009], "ajp", anyPort: 2), http);

        _asked.ShouldBe(["http", "ajp"]);
    }

    [Fact]
    public async Task What_a_server_says_to_a_question_it_does_not_know_chooses_the_next_probe()
    {
        var http = new PaperProbe(new ProbeInfo("http", Transport.Tcp, [80], 1) { AnyPort = 1 }, _asked, static _ => ProbeOutcome.NoMatch(Evidence.Of("220 late"u8.ToArray())));

        var result = await IdentifyAsync(4000, new ReplayTransport().Then(Quiet).Then(Quiet), http, Probe("other", [9], "other", anyPort: 2), Probe("smtp", [25], "smtp", greeting: "220"));

        result.Service.ShouldBe("smtp");
        _asked.ShouldBe(["http", "smtp"]);
    }

    [Fact]
    public async Task A_protocol_without_a_probe_is_named_by_its_words()
    {
        var result = await IdentifyAsync(4000, new ReplayTransport().Then(static () => new ReplayStream().Says("OK MPD 0.23.5\n")));

        (result.Service, result.Product, result.Evidence).ShouldBe(("mpd", "Music Player Daemon", "OK MPD 0.23.5"));
    }

    [Fact]
    public async Task A_port_that_takes_no_more_connections_is_left_alone()
    {
        var transport = new ReplayTransport();
        IServiceProbe[] probes = [.. Enumerable.Range(1, 5).Select(rank => new ConnectingProbe(new ProbeInfo($"p{rank}", Transport.Tcp, [80], 1) { AnyPort = rank }, _asked))];

        var examined = await ExamineAsync(4000, transport, probes);

        _asked.ShouldBe(["p1", "p2"]);
        examined.NotExamined.ShouldHaveSingleItem().Reason.ShouldBe("No further server in the test's script.");
    }

    [Fact]
    public async Task A_udp_port_of_no_known_number_is_asked_by_the_harmless_probes()
    {
        var snmp = new PaperProbe(new ProbeInfo("snmp", Transport.Udp, [161], 1) { AnyPort = 1 }, _asked, static _ => ProbeOutcome.Identified(new Identification { Service = "snmp" }, Evidence.None));
        var identifier = new PortIdentifier(IPAddress.Loopback, null, new ReplayTransport(), new OpenGate(), ProbeRun.Limits, [snmp, Probe("tcp", [80], "http", anyPort: 1)], TimeProvider.System);

        var examined = await identifier.IdentifyAsync(Transport.Udp, 4000, CancellationToken.None);

        examined.Port.Service.ShouldBe("snmp");
        _asked.ShouldBe(["snmp"]);
    }

    private async Task<PortResult> IdentifyAsync(int port, ReplayTransport transport, params IServiceProbe[] probes) =>
        (await ExamineAsync(port, transport, probes)).Port;

    private static Task<Checkpoint.ExaminedPort> ExamineAsync(int port, ReplayTransport transport, params IServiceProbe[] probes) =>
        new PortIdentifier(IPAddress.Loopback, null, transport, new OpenGate(), ProbeRun.Limits, probes, TimeProvider.System).IdentifyAsync(Transport.Tcp, port, CancellationToken.None);

    private PaperProbe Probe(string id, int[] ports, string service, string? greeting = null, int? anyPort = null) =>
        new(new ProbeInfo(id, Transport.Tcp, ports, 1) { AnyPort = anyPort }, _asked, _ => ProbeOutcome.Identified(new Identification { Service = service }, Evidence.None)) { Greeting = greeting };

    private static ReplayStream Quiet() => new() { Silent = true };

    private sealed class PaperProbe(ProbeInfo info, List<string> asked, Func<ProbeContext, ProbeOutcome> outcome) : IServiceProbe
    {
        public string? Greeting { get; init; }

        public ProbeInfo Info => info;

        public bool Recognises(ReadOnlySpan<byte> greeting) => Greeting is not null && greeting.StartsWith(System.Text.Encoding.ASCII.GetBytes(Greeting));

        public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
        {
            asked.Add(info.Id);
            return ValueTask.FromResult(outcome(context));
        }
    }

    private sealed class ConnectingProbe(ProbeInfo info, List<string> asked) : IServiceProbe
    {
        public ProbeInfo Info => info;

        public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
        {
            asked.Add(info.Id);
            await using var link = await context.ConnectAsync(cancellationToken);
            return ProbeOutcome.Silent();
        }
    }
}
