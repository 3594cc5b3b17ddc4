using System.Text.RegularExpressions;
using CsCheck;
using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal;

/// <summary>Whatever rich text holds: only elements of the list come out of it, balanced, without attributes but a link's own.</summary>
public sealed partial class RichTextTests
{
    private static readonly string[] Pieces =
    [
        "<b>", "</b>", "<B onclick=alert(1)>", "<script>", "</script>", "<script", "alert(1)", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>", "<a href=\"https://example.jp/?a=1&b='2'\">", "</a>",
        "<svg/onload=alert(1)>", "</div></div>", "<div style='position:fixed'>", "<!--", "-->", "<![CDATA[", "<?", "&lt;script&gt;", "&#60;b&#62;", "<<b>", "< b>", "<p/", "\"", "'", ">", "<", "&", "text", "\0", "<li>", "<h1>", "</h1>", "<a href=//example.jp>", "<br>", "<iframe src=x>", "</iframe>", "<plaintext>", "<math><mtext>",
    ];

    [Theory]
    [InlineData("<b>bold</b> <i>it</i>", "<b>bold</b> <i>it</i>")]
    [InlineData("<div>a</div><div><br></div>", "<div>a</div><div><br></div>")]
    [InlineData("<ul><li>1<li>2</ul>", "<ul><li>1<li>2</li></li></ul>")]
    [InlineData("<h1>big</h1>", "<div>big</div>")]
    [InlineData("<font color=red>x</font>", "x")]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("a<style>b{}</style>c<!-- d --><svg><a xlink:href=x>e</a></svg>f", "acf")]
    [InlineData("&lt;b&gt; &amp;", "&lt;b&gt; &amp;")]
    [InlineData("1 < 2 > 0", "1 &lt; 2 &gt; 0")]
    [InlineData("<b>open", "<b>open</b>")]
    [InlineData("close</b></div>", "close")]
    [InlineData("<a href='https://example.jp/?a=1&amp;b=\"'>x</a>", "<a href=\"https://example.jp/?a=1&amp;b=&quot;\" rel=\"noopener noreferrer\">x</a>")]
    [InlineData("<a href=javascript:alert(1)>x</a>", "<a>x</a>")]
    [InlineData("<a href='java&#10;script:alert(1)'>x</a>", "<a>x</a>")]
    [InlineData("<a data-href='https://example.jp' onclick=a()>x</a>", "<a>x</a>")]
    [InlineData("<b title='</b><script>'>x</b>", "<b>x</b>")]
    public void What_may_stay_stays_and_the_rest_goes(string typed, string shown) =>
        RichText.Of(typed).ToString().ShouldBe($"<div class=\"rich\">{shown}</div>");

    [Fact]
    public void Anything_at_all_comes_out_harmless() =>
        Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(static at => Pieces[at]), Gen.String[0, 6]).Array[0, 14].Select(static pieces => string.Concat(pieces)).Sample(static typed =>
        {
            var shown = RichText.Of(typed).ToString();
            var open = new Stack<string>();
            var rest = Safe().Replace(shown, tag =>
            {
                var name = tag.Groups["name"].Value;
                if (tag.Groups["end"].Length == 0 && name is not ("br" or "hr")) open.Push(name);
                else if (tag.Groups["end"].Length > 0 && (open.Count == 0 || open.Pop() != name)) return "<unbalanced";
                return "";
            });
            return open.Count == 0 && !rest.Contains('<', StringComparison.Ordinal) && !rest.Contains('>', StringComparison.Ordinal);
        });

    [GeneratedRegex("""<(?<end>/?)(?<name>b|strong|i|em|u|s|strike|del|ins|sub|sup|code|pre|p|div|span|blockquote|ul|ol|li|br|hr)( class="rich")?>|<(?<end>/?)(?<name>a)( href="(https?:|mailto:)[^"<>]*" rel="noopener noreferrer")?>""")]
    private static partial Regex Safe();
}
