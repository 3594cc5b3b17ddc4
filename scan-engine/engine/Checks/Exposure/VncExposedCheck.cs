namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A screen is shared over VNC to the internet.</summary>
internal sealed class VncExposedCheck() : ExposedService("vnc-exposed", qod: 95, "vnc");
