namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A telephone system answers SIP from the internet.</summary>
internal sealed class SipExposedCheck() : ExposedService("sip-exposed", qod: 95, "sip");
