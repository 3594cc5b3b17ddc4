using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Report.Texts;

/// <summary>Makes the engine's evidence readable: line ends and UTF-8, which it writes as codes, become lines and letters again.</summary>
/// <remarks>The engine keeps evidence as ASCII with <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\xNN</c>. Bytes that are no UTF-8 stay codes.</remarks>
internal static partial class ShownEvidence
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Text ready to print, in lines, without control or direction characters.</summary>
    internal static string Of(string evidence)
    {
        var lines = LineEnds().Replace(evidence, "\n").Replace("\\t", "\t", StringComparison.Ordinal);
        return Printable.Block(Bytes().Replace(lines, static match => Letters(match.Value)));
    }

    private static string Letters(string codes)
    {
        try
        {
            return Strict.GetString(Convert.FromHexString(codes.Replace("\\x", "", StringComparison.Ordinal)));
        }
        catch (DecoderFallbackException)
        {
            return codes;
        }
    }

    [GeneratedRegex(@"\\r\\n|\\n|\\r")]
    private static partial Regex LineEnds();

    // From 0x80: below it the engine writes codes for control characters only, and those stay codes.
    [GeneratedRegex(@"(\\x[89a-fA-F][0-9a-fA-F])+", RegexOptions.ExplicitCapture)]
    private static partial Regex Bytes();
}
