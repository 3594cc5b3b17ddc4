using System.Text;
using CsCheck;

namespace VulnDiag.Report.Pdf;

public sealed class PdfFileTests
{
    private const string Plain = """
        1 0 obj
        <</Title (x)
        /Creator (Mozilla/5.0 \(X11; Linux x86_64\) HeadlessChrome/156.0)
        /CreationDate (D:20261124103005+00'00')
        /ModDate (D:20261124103005+00'00')>>
        endobj
        3 0 obj
        <</Type /Page
        /Parent 9 0 R>>
        endobj
        5 0 obj
        <</Type /Page
        /Parent 9 0 R>>
        endobj
        7 0 obj
        <</Type /Pages
        /Kids [3 0 R 5 0 R]>>
        endobj
        8 0 obj
        <</overview [3 0 R /XYZ 63 768 0]
        /line-1 [5 0 R /XYZ 63 768 0]
        /lost [99 0 R /XYZ 63 768 0]>>
        endobj
        9 0 obj
        <</Type /Pages
        /Kids [7 0 R]>>
        endobj
        2 0 obj
        <</Type /Catalog
        /Pages 9 0 R
        /Dests 8 0 R>>
        endobj
        """;

    [Fact]
    public void The_moment_and_the_browsers_name_are_replaced_in_place()
    {
        var before = Encoding.Latin1.GetBytes(Plain);

        var after = PdfMetadata.Normalise(before, new DateOnly(2026, 11, 30));

        after.Length.ShouldBe(before.Length);
        var text = Encoding.Latin1.GetString(after);
        text.ShouldContain("/CreationDate (D:20261130000000+09'00')");
        text.ShouldContain("/ModDate (D:20261130000000+09'00')");
        text.ShouldContain("/Creator (VulnDiag) ");
        text.ShouldNotContain("Headless");
    }

    [Fact]
    public void Anchors_are_found_on_their_pages_through_nested_page_trees() =>
        PdfAnchors.PagesOf(Encoding.Latin1.GetBytes(Plain)).ShouldBe(new Dictionary<string, int> { ["overview"] = 1, ["line-1"] = 2 }, ignoreOrder: true);

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array.Sample(static bytes =>
    {
        PdfAnchors.PagesOf(bytes).ShouldBeEmpty();
        PdfMetadata.Normalise(bytes, new DateOnly(2026, 11, 30)).Length.ShouldBe(bytes.Length);
    });
}
