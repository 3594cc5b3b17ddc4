using VulnDiag.Worker.Options;

namespace VulnDiag.Worker;

/// <summary>The worker's files, as absolute paths.</summary>
internal sealed record WorkerPaths(string Data, string SigningKey, string KillSwitch, string VulnDb)
{
    internal static WorkerPaths Of(Settings settings, string home) => new(
        Path.GetFullPath(settings.Store.Folder, home),
        Path.GetFullPath(settings.Signing.KeyFile, home),
        Path.GetFullPath(settings.Scan.KillSwitchFile, home),
        Path.GetFullPath(settings.VulnDb.Database, home));

    /// <summary>True while the kill switch is on: no packet leaves.</summary>
    internal bool KillSwitchIsOn => File.Exists(KillSwitch);
}
