namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>Windows file sharing can be reached from the internet.</summary>
internal sealed class SmbExposedCheck() : ExposedService("smb-exposed", qod: 95, "microsoft-ds", "netbios-ssn", "netbios-ns");
