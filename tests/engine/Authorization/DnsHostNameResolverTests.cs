using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Authorization;

public sealed class DnsHostNameResolverTests
{
    [Fact]
    public async Task Both_kinds_of_addresses_are_read()
    {
        // RFC 1035 section 4.1.3 and RFC 3596 section 2.2: one A and one AAAA record, names by pointer to the question.
        await using var server = new PaperDns((type, _) => type == 1
            ? "c00c 0001 0001 0000003c 0004 08080808"
            : "c00c 001c 0001 0000003c 0010 20014860486000000000000000008888");

        var addresses = await new DnsHostNameResolver([server.Endpoint]).ResolveAsync("dns.example.jp", CancellationToken.None);

        addresses.ShouldBe([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2001:4860:4860::8888")]);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_has_no_address()
    {
        await using var server = new PaperDns(static (_, _) => null) { Code = 3 };

        (await new DnsHostNameResolver([server.Endpoint]).ResolveAsync("no.example.jp", CancellationToken.None)).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_fails_is_not_one_that_says_no()
    {
        await using var server = new PaperDns(static (_, _) => null) { Code = 2 };

        (await new DnsHostNameResolver([server.Endpoint]).ResolveAsync("x.example.jp", CancellationToken.None)).ShouldBeNull();
    }

    /// <summary>A DNS server on loopback that answers every question by one record.</summary>
    private sealed class PaperDns : IAsyncDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Parse("127.4.9.1"), 0));
        private readonly CancellationTokenSource _over = new();
        private readonly Task _serving;

        public PaperDns(Func<int, byte[], string?> answer) => _serving = ServeAsync(answer);

        public byte Code { get; init; }

        public IPEndPoint Endpoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _serving;
            _socket.Dispose();
            _over.Dispose();
        }

        private async Task ServeAsync(Func<int, byte[], string?> answer)
        {
            try
            {
                while (true)
                {
                    var question = await _socket.ReceiveAsync(_over.Token);
                    await _socket.SendAsync(Reply(question.Buffer, answer), question.RemoteEndPoint, _over.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private byte[] Reply(byte[] question, Func<int, byte[], string?> answer)
        {
            var end = Array.IndexOf(question, (byte)0, 12) + 1;
            var type = question[end] << 8 | question[end + 1];
            var record = answer(type, question) is { } hex ? Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)) : [];
            byte[] head = [question[0], question[1], 0x81, (byte)(0x80 | Code), 0, 1, 0, (byte)(record.Length > 0 ? 1 : 0), 0, 0, 0, 0];
            return [.. head, .. question.AsSpan(12, end + 4 - 12), .. record];
        }
    }
}
