using System.Text;
using CsCheck;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

public sealed class ProbeLinkTests
{
    private static readonly ProbeInfo Info = new("test", Transport.Tcp, [21], MaxRequests: 2);

    [Theory]
    [InlineData(Delivery.Whole)]
    [InlineData(Delivery.LineByLine)]
    [InlineData(Delivery.ByteByByte)]
    public async Task Lines_are_read_one_by_one_however_they_arrive(Delivery delivery)
    {
        await using var link = await ConnectAsync(new ReplayStream { Delivery = delivery }.Says("220-one\r\n220 two\r\nrest"));

        Text(await link.ReadUntilAsync("\r\n"u8.ToArray(), CancellationToken.None)).ShouldBe("220-one\r\n");
        Text(await link.ReadExactlyAsync(3, CancellationToken.None)).ShouldBe("220");
        Text(await link.ReadAsync(CancellationToken.None)).ShouldBe(" two\r\nrest");
        Text(await link.ReadAsync(CancellationToken.None)).ShouldBe("");
        link.Closed.ShouldBeTrue();
    }

    [Fact]
    public async Task However_it_is_cut_nothing_is_lost_between_reads() =>
        await Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[1, 20]).SampleAsync(
            static async (bytes, size) =>
            {
                await using var link = await ConnectAsync(new ReplayStream { Delivery = Delivery.ByteByByte }.Says(bytes));
                var read = new List<byte>();
                while (read.Count < bytes.Length) read.AddRange((await link.ReadExactlyAsync(size, CancellationToken.None)).ToArray());
                read.ShouldBe(bytes);
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task A_silent_server_gives_an_empty_answer_in_time()
    {
        await using var link = await ConnectAsync(new ReplayStream { Silent = true });

        (await link.ReadAsync(CancellationToken.None)).IsEmpty.ShouldBeTrue();
        link.Closed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_flood_is_read_to_the_limit_and_no_further()
    {
        await using var link = await ConnectAsync(new ReplayStream().Says(new byte[200_000]));

        (await link.ReadAsync(CancellationToken.None)).Length.ShouldBe(ProbeRun.Limits.MaxBytes);
    }

    [Fact]
    public async Task Plain_text_sent_before_a_tls_handshake_is_not_taken_for_what_comes_inside()
    {
        // The STARTTLS injection of CVE-2011-0411, seen from the client's side.
        var transport = new ReplayTransport { Tls = new TlsSession(Stream.Null, "TLSv1.3", "x", null) }
            .Then(() => new ReplayStream { Silent = true }.Says("220 ready\r\n250 injected\r\n").Hears("EHLO").Says("250 real\r\n"));
        await using var link = await ProbeRun.Context(Info, transport).ConnectAsync(CancellationToken.None);
        await link.ReadUntilAsync("\r\n"u8.ToArray(), CancellationToken.None);

        await link.UpgradeToTlsAsync(CancellationToken.None);
        await link.SendAsync("EHLO x\r\n"u8.ToArray(), CancellationToken.None);

        Text(await link.ReadAsync(CancellationToken.None)).ShouldBe("250 real\r\n");
    }

    [Fact]
    public async Task More_messages_than_the_card_says_are_our_own_fault()
    {
        await using var link = await ConnectAsync(new ReplayStream());
        await link.SendAsync("a"u8.ToArray(), CancellationToken.None);
        await link.SendAsync("b"u8.ToArray(), CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(link.SendAsync("c"u8.ToArray(), CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Nothing_is_written_to_a_port_that_is_only_listened_to()
    {
        var gate = new OpenGate { ListenOnly = { 9100 } };
        var server = new ReplayStream();
        await using var link = await ProbeRun.Context(Info, new ReplayTransport().Then(() => server), port: 9100, gate: gate).ConnectAsync(CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(link.SendAsync("a"u8.ToArray(), CancellationToken.None).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(link.UpgradeToTlsAsync(CancellationToken.None).AsTask());
        server.Heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_packet_of_a_conversation_is_counted()
    {
        var gate = new OpenGate();
        await using (var link = await ProbeRun.Context(Info, new ReplayTransport().Then(static () => new ReplayStream().Hears("a").Says("b")), gate: gate).ConnectAsync(CancellationToken.None))
        {
            await link.SendAsync(new byte[3000].Select(static _ => (byte)'a').ToArray(), CancellationToken.None);
            await link.ReadAsync(CancellationToken.None);
        }

        // SYN and ACK, three packets of data; afterwards one acknowledgement and one reset.
        gate.Passed.ShouldBe(5);
        gate.Charged.ShouldBe(2);
    }

    private static ValueTask<ProbeLink> ConnectAsync(ReplayStream server) =>
        ProbeRun.Context(Info, new ReplayTransport().Then(() => server)).ConnectAsync(CancellationToken.None);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}
