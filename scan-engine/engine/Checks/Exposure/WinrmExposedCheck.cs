namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>Windows remote management can be reached from the internet.</summary>
internal sealed class WinrmExposedCheck() : ExposedService("winrm-exposed", qod: 95, "wsman", "winrm");
