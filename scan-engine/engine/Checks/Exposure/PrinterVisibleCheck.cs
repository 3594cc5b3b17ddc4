namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A printer takes jobs from the internet. It is only listened to.</summary>
internal sealed class PrinterVisibleCheck() : ExposedService("printer-visible", qod: 60, "jetdirect", "ipp", "printer");
