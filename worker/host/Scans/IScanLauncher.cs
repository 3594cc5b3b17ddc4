using VulnDiag.Domain;

namespace VulnDiag.Worker.Scans;

/// <summary>Which scan of which line.</summary>
/// <param name="Engagement">Record number.</param>
/// <param name="Line">回線ID.</param>
internal readonly record struct ScanId(EngagementId Engagement, LineId Line);

/// <summary>Starts scans: child processes of this machine now, nodes on other machines later. Those hold no secret of kintone or mail.</summary>
internal interface IScanLauncher
{
    /// <summary>Starts a scan whose authorisation lies in its folder.</summary>
    Task<IRunningScan> StartAsync(ScanId id, ScanFolder folder, CancellationToken cancellationToken);
}

/// <summary>A scan that was started.</summary>
internal interface IRunningScan : IDisposable
{
    /// <summary>Completes when the scan has ended, with its exit code.</summary>
    Task<int> Ended { get; }

    /// <summary>Nothing more is sent, now.</summary>
    Task StopAsync(string word, string words);

    /// <summary>It ends with a checkpoint, to go on later.</summary>
    Task CheckpointAsync(string word, string words);

    /// <summary>Ends it with force, when it did not end by itself.</summary>
    void Kill();
}
