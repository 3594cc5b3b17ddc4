namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A server's baseboard management answers from the internet.</summary>
internal sealed class BmcExposedCheck() : ExposedService("ipmi-exposed", qod: 95, "ipmi", "asf-rmcp");
