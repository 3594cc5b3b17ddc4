using System.Globalization;
using CsCheck;
using VulnDiag.TestSupport;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Cvss;

public sealed class CvssVectorTests
{
    [Theory]
    // FIRST, CVSS v2 guide, section 3.3: CVE-2002-0392, CVE-2003-0818, CVE-2003-0062, each with base, temporal and environmental score
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C", "7.8")]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", "6.4")]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:N/TD:N/CR:M/IR:M/AR:H", "0.0")]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", "9.2")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C", "10.0")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C", "8.3")]
    [InlineData("AV:L/AC:H/Au:N/C:C/I:C/A:C", "6.2")]
    [InlineData("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", "10.0")]
    [InlineData("AV:N/AC:L/Au:N/C:N/I:N/A:N", "0.0")]
    // FIRST, CVSS v3.1 examples
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "6.1")]
    [InlineData("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", "6.4")]
    [InlineData("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", "3.1")]
    [InlineData("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "7.8")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", "9.9")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10.0")]
    [InlineData("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "6.8")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0.0")]
    [InlineData("CVSS:3.1/A:N/I:N/C:H/S:U/UI:N/PR:N/AC:L/AV:N", "7.5")]
    // RedHatProductSecurity/cvss, tests/vectors_simple4 (scores of FIRST's calculator)
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L", "9.2")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:H/SI:N/SA:L", "7.8")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:L/VI:N/VA:L/SC:N/SI:H/SA:N", "6.3")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "8.6")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:A/VC:N/VI:L/VA:N/SC:H/SI:H/SA:L", "6.2")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:N/VC:H/VI:L/VA:N/SC:H/SI:N/SA:N", "8.3")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:P/VC:L/VI:L/VA:N/SC:L/SI:N/SA:N", "4.8")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:N/VA:N/SC:L/SI:L/SA:L", "8.2")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:L/SA:L", "6.0")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:N/VA:H/SC:N/SI:H/SA:H", "7.1")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:P/VC:N/VI:N/VA:N/SC:H/SI:L/SA:L", "5.1")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:P/PR:H/UI:A/VC:N/VI:H/VA:H/SC:L/SI:L/SA:N", "5.7")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:L/SI:H/SA:L", "9.4")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:N/PR:L/UI:A/VC:N/VI:L/VA:L/SC:L/SI:H/SA:N", "4.5")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:N/PR:H/UI:A/VC:N/VI:N/VA:N/SC:N/SI:H/SA:N", "4.0")]
    [InlineData("CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:L", "9.1")]
    // the same, tests/test_cvss4.py
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/AR:L", "7.9")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/MSI:H", "7.7")]
    [InlineData("CVSS:4.0/AV:A/AC:H/AT:P/PR:L/UI:P/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", "0.0")]
    public void A_vector_has_the_score_that_its_authors_give(string vector, string score) =>
        CvssVector.Parse(vector)!.Score.ToString("0.0", CultureInfo.InvariantCulture).ShouldBe(score);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("CVSS:3.1/")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:C/")]
    [InlineData("AV:N/AC:L/Au:N/C:C/I:C/A:X")]
    [InlineData("AV:N/AV:N/AC:L/Au:N/C:C/I:C/A:C")]
    [InlineData("CVSS:2.0/AV:N/AC:L/Au:N/C:C/I:C/A:C")]
    [InlineData("CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/JJ:N")]
    [InlineData("cvss:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H:X")]
    [InlineData("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SI:H")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:S/SA:N")]
    public void What_is_no_vector_has_no_score(string text) => CvssVector.Parse(text).ShouldBeNull();

    [Fact]
    public void Any_text_is_a_vector_or_none() => Gen.String.Sample(static text => CvssVector.Parse(text));

    [Fact]
    public void Every_score_of_v4_lies_between_0_and_10()
    {
        Gen<string> Value(string metric, string values) => Gen.OneOf(values.Split(',').Select(value => Gen.Const($"/{metric}:{value}")).ToArray());
        Gen.Select(
            Gen.Select(Value("AV", "N,A,L,P"), Value("AC", "L,H"), Value("AT", "N,P"), Value("PR", "N,L,H"), Value("UI", "N,P,A"), static (a, b, c, d, e) => a + b + c + d + e),
            Gen.Select(Value("VC", "H,L,N"), Value("VI", "H,L,N"), Value("VA", "H,L,N"), static (a, b, c) => a + b + c),
            Gen.Select(Value("SC", "H,L,N"), Value("SI", "H,L,N"), Value("SA", "H,L,N"), static (a, b, c) => a + b + c),
            Gen.Select(Value("E", "X,A,P,U"), Value("CR", "X,H,M,L"), Value("AR", "X,H,M,L"), Value("MSI", "X,S,H,L,N"), Value("MVC", "X,H,L,N"), static (a, b, c, d, e) => a + b + c + d + e))
            .Sample(static (exploit, vulnerable, subsequent, others) => CvssVector.Parse($"CVSS:4.0{exploit}{vulnerable}{subsequent}{others}")!.Score is >= 0m and <= 10m, iter: 5_000);
    }

    [Fact]
    public void Base_vectors_of_genuine_records_have_the_scores_that_NVD_printed()
    {
        // A record of CISA's container prints 7.7 here; the formula, and NVD elsewhere, give 7.6.
        string[] mistaken = ["CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:C/C:H/I:H/A:H 7.7 7.6"];
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var file in FeedFiles.In(SharedMaterial.PathOf("vulndata")))
        {
            var (head, content) = file.OpenWithHead();
            using var opened = content;
            var feed = FeedCatalogue.Recognize(head);
            if (feed is not (NvdFeed or Nvd11Feed or Cve5Feed)) continue;

            // A base score says nothing of a vector that also has temporal metrics.
            foreach (var score in feed.Read(content).OfType<CveRecord>().SelectMany(static record => record.Scores).Where(static score => !score.Vector.Contains("/E:", StringComparison.Ordinal)))
            {
                count++;
                if (CvssVector.Parse(score.Vector)?.Score is var ours && ours != score.Score) wrong.Add($"{score.Vector} {score.Score} {ours}");
            }
        }

        count.ShouldBeGreaterThan(5_000);
        wrong.Except(mistaken).ShouldBeEmpty();
    }
}
