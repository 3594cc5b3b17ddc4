using System.Globalization;
using System.Text;
using CsCheck;

namespace VulnDiag.Report.Texts;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("医療法人社団 髙﨑会　みなと病院（旧館）", "医療法人社団 髙﨑会　みなと病院（旧館）")]
    [InlineData("葛󠄀城 𠮷田 Ａ－１ ｱｲｳ ㈱", "葛󠄀城 𠮷田 Ａ－１ ｱｲｳ ㈱")]
    [InlineData("a\u202Egnp.exe", "a\\u{202e}gnp.exe")]
    [InlineData("\u001b[31mred\u0000", "\\u{1b}[31mred\\u{0}")]
    [InlineData("a\u200Bb\uFEFF", "a\\u{200b}b\\u{feff}")]
    [InlineData("two\r\nlines", "two  lines")]
    public void A_line_keeps_what_has_a_picture_and_shows_the_rest_as_code(string text, string expected) =>
        Printable.Line(text).ShouldBe(expected);

    [Fact]
    public void Half_a_character_becomes_the_replacement_character() => Printable.Line("a\uD83Db").ShouldBe("a\uFFFDb");

    [Fact]
    public void A_block_keeps_its_lines() => Printable.Block("a\r\n\tb\u0007").ShouldBe("a\n\tb\\u{7}");

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        Printable.Cut("ab𠮷", 3).ShouldBe("ab");
        Printable.Cut("ab𠮷", 4).ShouldBe("ab𠮷");
    }

    [Fact]
    public void Any_text_comes_out_without_control_or_direction_characters_and_the_second_time_unchanged() => Gen.String.Sample(text =>
    {
        var shown = Printable.Line(text);
        shown.EnumerateRunes().ShouldAllBe(static rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && (rune.Value < 0x202A || rune.Value > 0x202E));
        Printable.Line(shown).ShouldBe(shown);
    });
}
