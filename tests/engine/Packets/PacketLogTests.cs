using System.Net;
using CsCheck;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

public sealed class PacketLogTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 14, 3, 22, TimeSpan.FromHours(9));
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_answers_whether_it_was_us()
    {
        await WriteAsync((At, Transport.Tcp, 443, 1), (At.AddSeconds(90), Transport.Tcp, 443, 2), (At, Transport.Udp, 53, 1));

        (await FindAsync(At.AddSeconds(3), 443)).ShouldHaveSingleItem().ShouldBe(new PacketLogEntry(At, "192.0.2.10", Transport.Tcp, 443, 1));
        (await FindAsync(At, port: null)).Count.ShouldBe(2);
        (await FindAsync(At.AddMinutes(10), 443)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_torn_last_row_is_passed_over_and_the_log_goes_on_after_it()
    {
        await WriteAsync((At, Transport.Tcp, 443, 1));
        await File.AppendAllTextAsync(_folder.File("log.csv"), "2026-11-24T05:03:2");
        await WriteAsync((At, Transport.Tcp, 22, 1));

        (await FindAsync(At, port: null)).Select(static entry => entry.Port).ShouldBe([443, 22]);
    }

    [Fact]
    public void Any_row_is_read_or_passed_over() => Gen.String.Sample(static line => PacketLog.Parse(line));

    private async Task WriteAsync(params (DateTimeOffset At, Transport Protocol, int Port, int Count)[] rows)
    {
        await using var log = await PacketLog.OpenAsync(_folder.File("log.csv"), IPAddress.Parse("192.0.2.10"), CancellationToken.None);
        foreach (var row in rows) log.Add(row.At, row.Protocol, row.Port, row.Count);
        log.Flush();
    }

    private Task<IReadOnlyList<PacketLogEntry>> FindAsync(DateTimeOffset at, int? port) =>
        PacketLog.FindAsync(_folder.File("log.csv"), at, port, TimeSpan.FromSeconds(5), CancellationToken.None);
}
