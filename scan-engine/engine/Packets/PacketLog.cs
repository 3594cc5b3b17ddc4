using System.Globalization;
using System.Net;
using System.Text;
using VulnDiag.Model;

namespace VulnDiag.Engine.Packets;

/// <summary>One row of the packet log.</summary>
/// <param name="At">When.</param>
/// <param name="Address">To where.</param>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="Port">To which port.</param>
/// <param name="Count">How many packets.</param>
public sealed record PacketLogEntry(DateTimeOffset At, string Address, Transport Protocol, int Port, int Count);

/// <summary>What was sent, when and where: it answers "was that you?" years later. Written before the packets leave.</summary>
/// <remarks>CSV, appended; a torn last row is passed over by readers. Not thread-safe: the packet gate writes under a lock.</remarks>
public sealed class PacketLog : IAsyncDisposable
{
    private const string Header = "time,address,protocol,port,count\n";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly FileStream _file;
    private readonly string _address;
    private readonly StringBuilder _rows = new();

    private PacketLog(FileStream file, IPAddress address) => (_file, _address) = (file, address.ToString());

    /// <summary>Opens the log of one scan for appending.</summary>
    /// <exception cref="IOException">The file cannot be written; then nothing may be sent.</exception>
    internal static async Task<PacketLog> OpenAsync(string path, IPAddress address, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, useAsync: false);
        var log = new PacketLog(file, address);
        await log.EndTornRowAsync(cancellationToken);
        return log;
    }

    /// <summary>Notes packets; they reach the file with the next <see cref="Flush"/>.</summary>
    internal void Add(DateTimeOffset at, Transport protocol, int port, int count) =>
        _rows.Append(at.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)).Append(',')
            .Append(_address).Append(',')
            .Append(protocol == Transport.Tcp ? "tcp" : "udp").Append(',')
            .Append(CultureInfo.InvariantCulture, $"{port},{count}\n");

    /// <summary>Hands the rows to the kernel, where they survive this process.</summary>
    /// <remarks>Not async: before every burst, the way through two threads takes longer than the kernel's copy of some bytes.</remarks>
    internal void Flush()
    {
        if (_rows.Length == 0) return;
        _file.Write(Encoding.ASCII.GetBytes(_rows.ToString()));
        _rows.Clear();
    }

    /// <summary>The rows that answer "was that you at this time on this port?".</summary>
    /// <param name="path">A packet log.</param>
    /// <param name="at">The time that was asked about.</param>
    /// <param name="port">The port, or null for any.</param>
    /// <param name="tolerance">How far the asker's clock may be off.</param>
    /// <returns>Empty: nothing was sent then.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<PacketLogEntry>> FindAsync(string path, DateTimeOffset at, int? port, TimeSpan tolerance, CancellationToken cancellationToken)
    {
        var found = new List<PacketLogEntry>();
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is { } entry && (port is null || entry.Port == port) && (entry.At - at).Duration() <= tolerance) found.Add(entry);
        }

        return found;
    }

    /// <summary>How many packets a log holds from one instant on: exact also when the process that sent them was killed.</summary>
    /// <returns>0 when there is no log.</returns>
    internal static async Task<long> CountAsync(string path, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return 0;
        // Rows carry whole milliseconds.
        var first = since.AddMilliseconds(-1);
        long count = 0;
        using var reader = new StreamReader(path);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line) is { } entry && entry.At > first) count += entry.Count;
        }

        return count;
    }

    /// <summary>Closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        Flush();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
    }

    internal static PacketLogEntry? Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length != 5 || !DateTimeOffset.TryParseExact(cells[0], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        if (!int.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return null;
        if (!int.TryParse(cells[4], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return new PacketLogEntry(at, cells[1], cells[2] == "udp" ? Transport.Udp : Transport.Tcp, port, count);
    }

    private async Task EndTornRowAsync(CancellationToken cancellationToken)
    {
        var last = new byte[1];
        if (_file.Length == 0)
        {
            await _file.WriteAsync(Encoding.ASCII.GetBytes(Header), cancellationToken);
            return;
        }

        _file.Seek(-1, SeekOrigin.End);
        await _file.ReadExactlyAsync(last, cancellationToken);
        if (last[0] != (byte)'\n') await _file.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
