namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An X server takes connections from the internet.</summary>
internal sealed class X11ExposedCheck() : ExposedService("x11-exposed", qod: 95, "x11");
