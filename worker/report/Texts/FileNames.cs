namespace VulnDiag.Report.Texts;

/// <summary>File names that people see in the portal: reference, edition and what it is. A hospital's or vendor's name stays out of them.</summary>
internal static class FileNames
{
    internal static string Of(ReportModel model, string extension)
    {
        var words = Words.Japanese;
        var reference = model.Engagement is { } engagement ? words.Reference(engagement) : words.Texts["fileOwnScan"];
        return words.Texts.Fill(
            model.ForVendor is null ? "file" : "fileSlice",
            ("reference", reference), ("edition", words.Edition(model)), ("number", model.SliceNumber), ("extension", extension));
    }
}
