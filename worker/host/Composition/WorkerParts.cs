using Microsoft.Extensions.Logging;
using VulnDiag.Engine.Authorization;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Scans;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Composition;

/// <summary>What a worker is made from.</summary>
internal sealed record WorkerParts
{
    /// <summary>Checked settings.</summary>
    public required Settings Settings { get; init; }

    /// <summary>The folder where relative paths of the settings start.</summary>
    public required string Home { get; init; }

    /// <summary>The worker's clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where it logs.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>What starts scans; null for child processes of this program.</summary>
    public IScanLauncher? Launcher { get; init; }

    /// <summary>Points at which a test ends the worker.</summary>
    public KillPoints Kill { get; init; } = new();
}

/// <summary>What has to be opened before a worker can be put together. Closes in reverse.</summary>
internal sealed class OpenedParts : IAsyncDisposable
{
    private OpenedParts(Database database, WorkerIdentity identity, KintoneClient kintone, KintoneAppIds apps, AuthorizationSigner signer) =>
        (Database, Identity, Kintone, Apps, Signer) = (database, identity, kintone, apps, signer);

    internal Database Database { get; }

    internal WorkerIdentity Identity { get; }

    internal KintoneClient Kintone { get; }

    internal KintoneAppIds Apps { get; }

    internal AuthorizationSigner Signer { get; }

    internal static async Task<OpenedParts> OpenAsync(WorkerParts parts, CancellationToken cancellationToken)
    {
        var paths = WorkerPaths.Of(parts.Settings, parts.Home);
        var kintone = KintoneDoor.Open(parts.Settings, parts.Home, parts.Time);
        try
        {
            var apps = await KintoneDoor.Apps(kintone, parts.Settings.Kintone.Url, parts.Settings.Kintone, parts.Home).IdsAsync(cancellationToken);
            var signer = await AuthorizationSigner.OpenAsync(paths.SigningKey, cancellationToken);
            var database = await Database.OpenAsync(paths.Data, cancellationToken);
            return new OpenedParts(database, await WorkerIdentity.TakeAsync(database, cancellationToken), kintone, apps, signer);
        }
        catch
        {
            kintone.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Identity.Dispose();
        Signer.Dispose();
        Kintone.Dispose();
        return ValueTask.CompletedTask;
    }
}
