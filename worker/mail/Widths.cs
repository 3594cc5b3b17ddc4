using System.Text;

namespace VulnDiag.Mail;

/// <summary>Full-width and half-width forms of the same character.</summary>
internal static class Widths
{
    /// <summary>NFKC; a text with broken surrogates, which has no normal form, stays as it is.</summary>
    internal static string Fold(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
