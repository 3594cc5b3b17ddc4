using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace VulnDiag.Lab.Portal.Markup;

/// <summary>Fills the gaps of a template in C#: the template's own text is markup, what is filled in is encoded, pieces of <see cref="Html"/> stay as they are.</summary>
/// <remarks>The encoding holds for element content and for attributes in double quotes; templates use no other place. Source: OWASP, "Cross Site Scripting Prevention Cheat Sheet".</remarks>
[InterpolatedStringHandler]
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _markup;

    /// <summary>Called by the compiler.</summary>
    public HtmlWriter(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>A part of the template.</summary>
    public void AppendLiteral(string literal) => _markup.Append(literal);

    /// <summary>A piece of markup.</summary>
    public void AppendFormatted(Html piece) => _markup.Append(piece.ToString());

    /// <summary>Pieces of markup, one after the other.</summary>
    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) AppendFormatted(piece);
    }

    /// <summary>Text, encoded.</summary>
    public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

    /// <summary>A number.</summary>
    public void AppendFormatted(long number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The markup.</summary>
    public override string ToString() => _markup.ToString();
}
