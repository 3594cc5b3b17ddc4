namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An NFS file server can be reached from the internet.</summary>
internal sealed class NfsExposedCheck() : ExposedService("nfs-exposed", qod: 95, "nfs", "mountd");
