namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A device answers UPnP from the internet.</summary>
internal sealed class UpnpExposedCheck() : ExposedService("upnp-exposed", qod: 95, "upnp", "ssdp");
