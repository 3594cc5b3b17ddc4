using CsCheck;

namespace VulnDiag.Report.Texts;

public sealed class ShownEvidenceTests
{
    [Theory]
    [InlineData(@"HTTP/1.1 200 OK\r\nServer: nginx\r\n\tx", "HTTP/1.1 200 OK\nServer: nginx\n\tx")]
    [InlineData(@"\xe7\xae\xa1\xe7\x90\x86 <b>", "管理 <b>")]
    [InlineData(@"\x8f\xff end", @"\x8f\xff end")]
    [InlineData(@"\x1b[31m", @"\x1b[31m")]
    [InlineData(@"\xe2\x80\xae", @"\u{202e}")]
    public void Line_ends_and_letters_come_back_and_the_rest_stays_code(string evidence, string expected) => ShownEvidence.Of(evidence).ShouldBe(expected);

    [Fact]
    public void Any_text_is_survived() => Gen.String.Sample(static text => { ShownEvidence.Of(text); });
}
