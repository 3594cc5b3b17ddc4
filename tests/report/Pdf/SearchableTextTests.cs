using System.Text;
using UglyToad.PdfPig;

namespace VulnDiag.Report.Pdf;

[Trait("Category", "Slow")]
[Collection("browser")]
public sealed class SearchableTextTests
{
    /// <summary>Names of hospitals and people use more than JIS X 0208.</summary>
    private const string BeyondJis = "髙﨑德濵瀨曻塚①②㈱㈲№℡～―";

    [Fact]
    public async Task Every_character_of_jis_x_0208_reads_back_as_it_was_printed()
    {
        Browser.Require();
        var wanted = string.Concat(JisX0208().Concat(BeyondJis.EnumerateRunes().Select(static rune => rune.ToString())).Distinct());

        var read = await ReadBackAsync(wanted);

        wanted.EnumerateRunes().Where(rune => !read.Contains(rune.ToString(), StringComparison.Ordinal)).Select(static rune => $"{rune} U+{rune.Value:X4}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Rarer_characters_read_back_where_their_font_is_installed()
    {
        Browser.Require();
        Assert.SkipUnless(Directory.Exists("/usr/share/fonts/truetype/ipamj"), "Debian's package fonts-ipamj-mincho is not installed.");

        (await ReadBackAsync("𠮷田病院")).ShouldBe("𠮷田病院");
    }

    private static async Task<string> ReadBackAsync(string text)
    {
        await using var printer = new ChromiumPrinter(new PrinterSettings());
        var html = $"""
            <!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"></head>
            <body style="font-family:'BIZ UDPGothic','IPAmjMincho';overflow-wrap:anywhere">{System.Net.WebUtility.HtmlEncode(text)}</body></html>
            """;
        var pdf = await printer.PrintAsync(html, new DateOnly(2026, 11, 24), TestContext.Current.CancellationToken);
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().SelectMany(static page => page.Letters).Select(static letter => letter.Value));
    }

    private static IEnumerable<string> JisX0208()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding("euc-jp", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(""));
        for (var row = 0xA1; row <= 0xF4; row++)
        {
            // Rows 9 to 15 are not part of the standard.
            if (row is > 0xA8 and < 0xB0) continue;
            for (var cell = 0xA1; cell <= 0xFE; cell++)
            {
                var text = encoding.GetString([(byte)row, (byte)cell]);
                if (text.Length > 0 && !string.IsNullOrWhiteSpace(text)) yield return text;
            }
        }
    }
}
