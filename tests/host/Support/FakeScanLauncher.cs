using VulnDiag.Model;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>Scans that run until the test ends them.</summary>
internal sealed class FakeScanLauncher : IScanLauncher
{
    internal List<FakeScan> Started { get; } = [];

    /// <summary>Thrown instead of starting while it is set.</summary>
    internal Exception? Fault { get; set; }

    public Task<IRunningScan> StartAsync(ScanId id, ScanFolder folder, CancellationToken cancellationToken)
    {
        if (Fault is not null) throw Fault;
        var scan = new FakeScan(id, folder);
        Started.Add(scan);
        return Task.FromResult<IRunningScan>(scan);
    }
}

internal sealed class FakeScan(ScanId id, ScanFolder folder) : IRunningScan
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal static readonly ScanFinding Telnet = new()
    {
        Id = "telnet-exposed",
        Kind = FindingKind.Exposure,
        Protocol = Transport.Tcp,
        Port = 23,
        Severity = Severity.Act,
        Qod = 80,
        TitleJa = "Telnet",
        Evidence = "login:",
    };

    internal ScanId Id { get; } = id;

    internal ScanFolder Folder { get; } = folder;

    internal string? Told { get; private set; }

    public Task<int> Ended => _ended.Task;

    public Task StopAsync(string word, string words) => EndAsync(word, words);

    public Task CheckpointAsync(string word, string words) => EndAsync(word, words);

    public void Kill() => _ended.TrySetResult(137);

    public void Dispose()
    {
    }

    internal async Task CompleteAsync(params ScanFinding[] findings)
    {
        await WriteAsync(Result(complete: true) with { Findings = findings });
        _ended.TrySetResult(0);
    }

    /// <summary>It ends by itself for a reason of its own.</summary>
    internal Task EndsAsync(string word) => EndAsync(word, "As the engine says.");

    private async Task EndAsync(string word, string words)
    {
        if (_ended.Task.IsCompleted) return;
        Told = word;
        await WriteAsync(Result(complete: false) with { Stops = [new ScanStop(DateTimeOffset.UnixEpoch, $"{word}: {words}")] });
        _ended.TrySetResult(1);
    }

    private Task WriteAsync(ScanResult result) => File.WriteAllTextAsync(Folder.ResultFile, Json.Write(result));

    private ScanResult Result(bool complete) => new()
    {
        Line = Id.Line.Value,
        Target = new ScanTarget("127.0.0.1", null),
        Started = new DateTimeOffset(2027, 2, 16, 13, 0, 0, TimeSpan.Zero),
        Finished = new DateTimeOffset(2027, 2, 16, 14, 0, 0, TimeSpan.Zero),
        Complete = complete,
        Coverage = new ScanCoverage(new TcpCoverage(0, complete ? 65535 : 100, 0, complete ? 0 : 65435), new UdpCoverage(0, 0, 0, 0)),
    };
}
