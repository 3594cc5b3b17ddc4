namespace VulnDiag.Report.Pdf;

/// <summary>What a printed file says of itself.</summary>
/// <param name="Made">Date that the file carries as its creation and change.</param>
public sealed record PdfFacts(DateTimeOffset Made);
