namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A PPTP VPN answers: its encryption has been broken since 2012 (MS-CHAPv2).</summary>
internal sealed class PptpExposedCheck() : ExposedService("pptp-exposed", qod: 95, "pptp");
