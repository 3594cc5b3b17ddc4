namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An HL7 port answers: patient data may be sent to it. It is only listened to.</summary>
internal sealed class Hl7VisibleCheck() : ExposedService("hl7-visible", qod: 50, "hl7");
