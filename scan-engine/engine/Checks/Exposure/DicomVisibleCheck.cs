namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A DICOM port answers: medical images may be sent or asked for. It is only listened to.</summary>
internal sealed class DicomVisibleCheck() : ExposedService("dicom-visible", qod: 60, "acr-nema", "dicom", "dicom-tls");
