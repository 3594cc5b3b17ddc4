namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A TFTP server hands out files without asking who wants them.</summary>
internal sealed class TftpExposedCheck() : ExposedService("tftp-exposed", qod: 95, "tftp");
