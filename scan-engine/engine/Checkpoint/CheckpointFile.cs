using System.Text;
using Newtonsoft.Json;
using VulnDiag.Engine.Authorization;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checkpoint;

/// <summary>
/// The checkpoint on disk: one JSON object a line, appended as answers come, so that a kill at any time loses only what was in flight.
/// On opening it is rewritten aside, flushed and renamed; a torn or broken tail is dropped and said.
/// </summary>
/// <remarks>Thread-safe. A line that was handed to the kernel survives the process; every second it is also flushed to the disk.</remarks>
internal sealed class CheckpointFile : IAsyncDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private long _flushed;

    private CheckpointFile(FileStream file, ScanCheckpoint state, bool resumed, string? dropped, TimeProvider time)
    {
        (_file, State, Resumed, Dropped, _time) = (file, state, resumed, dropped, time);
        _flushed = time.GetTimestamp();
    }

    /// <summary>What the file adds up to.</summary>
    public ScanCheckpoint State { get; }

    /// <summary>True when an earlier run had begun.</summary>
    public bool Resumed { get; }

    /// <summary>What of an earlier run could not be read; null when nothing.</summary>
    public string? Dropped { get; }

    /// <summary>Opens or begins a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">How the scan begins when there is nothing to go on from.</param>
    /// <param name="time">Clock for the flushes.</param>
    /// <returns>The file, or a refusal when it holds another scan.</returns>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static async Task<(CheckpointFile? File, Refusal? Refusal)> OpenAsync(string path, CheckpointStart start, TimeProvider time, CancellationToken cancellationToken)
    {
        var (known, dropped) = await ReadAsync(path, cancellationToken);
        if (known is not null && known.Start.Plan != start.Plan)
        {
            var plan = known.Start.Plan;
            return (null, new Refusal("checkpoint-of-another-scan",
                $"{path} is of an unfinished scan of {plan.Address} (TCP {Shown(plan.TcpPorts)}, UDP {Shown(plan.UdpPorts)}). Choose another --out, or delete that file to begin anew."));
        }

        var state = known ?? new ScanCheckpoint(start);
        var file = await RewriteAsync(path, state, cancellationToken);
        return (new CheckpointFile(file, state, known is not null, dropped, time), null);
    }

    /// <summary>Adds lines: first to the file, then to <see cref="State"/>.</summary>
    public async ValueTask AppendAsync(IReadOnlyList<CheckpointEntry> entries, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // One write of whole lines; it is not cancelled half-way.
            await _file.WriteAsync(Bytes(entries), CancellationToken.None);
            if (_time.GetElapsedTime(_flushed) >= FlushEvery)
            {
                _file.Flush(flushToDisk: true);
                _flushed = _time.GetTimestamp();
            }

            foreach (var entry in entries) State.Apply(entry);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads a checkpoint as far as it is whole.</summary>
    /// <returns>No state when there is none to go on from; what was dropped, in words.</returns>
    internal static async Task<(ScanCheckpoint? State, string? Dropped)> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return (null, null);
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        ScanCheckpoint? state = null;
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var entry = end < 0 ? null : TryRead(text[at..end]);
            if (entry is null || (state is null && entry.Start is null)) break;
            state ??= new ScanCheckpoint(entry.Start!);
            state.Apply(entry);
            at = end + 1;
        }

        return (state, at < text.Length ? $"The last {text.Length - at} characters of {path} were not whole and are scanned again." : null);
    }

    /// <summary>Flushes and closes; the file stays.</summary>
    public async ValueTask DisposeAsync()
    {
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        _turn.Dispose();
    }

    private static CheckpointEntry? TryRead(string line)
    {
        try
        {
            var entry = Json.Read<CheckpointEntry>(line);
            return entry.Start is { Plan: null } or { Plan.Schema: not ScanPlan.CurrentSchema } ? null : entry;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<FileStream> RewriteAsync(string path, ScanCheckpoint state, CancellationToken cancellationToken)
    {
        var aside = path + ".new";
        var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        await file.WriteAsync(Bytes(state.Compact()), cancellationToken);
        file.Flush(flushToDisk: true);
        File.Move(aside, path, overwrite: true);
        return file;
    }

    private static byte[] Bytes(IEnumerable<CheckpointEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries) text.Append(Json.Write(entry)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Shown(string ports) => ports.Length switch
    {
        0 => "none",
        > 60 => ports[..60] + "…",
        _ => ports,
    };
}
