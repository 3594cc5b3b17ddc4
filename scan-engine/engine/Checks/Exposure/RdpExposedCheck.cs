namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A remote desktop can be reached from the internet.</summary>
internal sealed class RdpExposedCheck() : ExposedService("rdp-exposed", qod: 95, "ms-wbt-server");
