using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Report.Pdf;

/// <summary>Makes a printed file depend on nothing but its content: fixes what Chromium writes of the moment and of itself.</summary>
/// <remarks>
/// Every change keeps the length of what it replaces, so that the file's offsets stay true. Source: ISO 32000-1, 14.3.3 (document
/// information dictionary) and 7.9.4 (dates); the form of the dictionary is what Skia writes in Chromium 156.
/// </remarks>
internal static partial class PdfMetadata
{
    private const string Creator = "VulnDiag";

    /// <exception cref="ReportException">The file does not use the report's font, so another stood in for it.</exception>
    internal static void RequireFont(byte[] pdf)
    {
        if (pdf.AsSpan().IndexOf("BIZUDPGothic"u8) >= 0) return;
        throw new ReportException("The report's font BIZ UDPGothic is not installed. Install Debian's package fonts-morisawa-bizud-gothic.");
    }

    internal static byte[] Normalise(byte[] pdf, DateOnly made)
    {
        // Latin-1 maps every byte to one character and back, so that a pattern can look at bytes.
        var text = Encoding.Latin1.GetString(pdf);
        var day = made.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        text = Dates().Replace(text, match => $"{match.Groups["key"].Value}(D:{day}000000+09'00')".PadRight(match.Length));
        text = Creators().Replace(text, match => $"/Creator ({Creator})".PadRight(match.Length));
        return Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex(@"(?<key>/(CreationDate|ModDate) )\(D:\d{14}[+-]\d{2}'\d{2}'\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Dates();

    [GeneratedRegex(@"/Creator \((?:[^()\\]|\\.)*(?:\((?:[^()\\]|\\.)*\)(?:[^()\\]|\\.)*)*\)")]
    private static partial Regex Creators();
}
