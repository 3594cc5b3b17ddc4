using CsCheck;
using VulnDiag.TestSupport;

namespace VulnDiag.VulnDb.Feeds;

public sealed class FeedTests
{
    private const string Nvd = """
        {"resultsPerPage":2,"format":"NVD_CVE","version":"2.0","vulnerabilities":[
          {"cve":{"id":"CVE-1999-9001","vulnStatus":"Analyzed","lastModified":"2026-01-02T03:04:05.678","unknownField":[{"x":{}}],
            "descriptions":[{"lang":"es","value":"hecho"},{"lang":"en","value":"Made up."}],
            "metrics":{"cvssMetricV2":[{"source":"a","type":"Secondary","cvssData":{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}}],
              "cvssMetricV31":[{"source":"nvd@nist.gov","type":"Primary","cvssData":{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8}}]},
            "configurations":[{"operator":"AND","nodes":[{"operator":"OR","negate":false,"cpeMatch":[
              {"vulnerable":true,"criteria":"cpe:2.3:a:example:server:*:*:*:*:*:*:*:*","versionStartIncluding":"1.0","versionEndExcluding":"1.4"},
              {"vulnerable":false,"criteria":"rubbish"}]},{"operator":"OR","cpeMatch":[{"vulnerable":false,"criteria":"cpe:2.3:o:example:os:-:*:*:*:*:*:*:*"}]}]}]}},
          {"cve":{"id":"not a cve"}}, 7,
          {"cve":{"id":"CVE-1999-9002","vulnStatus":"Rejected"}}]}
        """;

    [Fact]
    public void Nvd_records_are_read_with_scores_and_configurations_and_rubbish_is_reported()
    {
        var items = Read(Nvd);

        items.Count.ShouldBe(4);
        var record = items[0].ShouldBeOfType<CveRecord>();
        record.Scores.Select(static score => score.Version).ShouldBe(["3.1", "2.0"]);
        record.Modified.ShouldBe(DateTimeOffset.Parse("2026-01-02T03:04:05.678Z"));
        record.Description.ShouldBe("Made up.");
        var configuration = record.Configurations.ShouldHaveSingleItem();
        configuration.All.ShouldBeTrue();
        configuration.Nodes.Select(static node => node.Criteria.Count).ShouldBe([1, 1]);
        configuration.Nodes[0].Criteria[0].Range.EndExcluding.ShouldBe("1.4");
        configuration.Nodes[1].Criteria[0].Vulnerable.ShouldBeFalse();
        items[1].ShouldBe(new BadRecord("not a cve", "It has no CVE id."));
        items[2].ShouldBe(new BadRecord("record 3", "It is no object."));
        items[3].ShouldBeOfType<CveRecord>().IsRejected.ShouldBeTrue();
    }

    [Fact]
    public void Debians_tracker_tells_what_is_fixed_open_and_was_never_there()
    {
        const string Tracker = """
            {"openssh":{"CVE-1999-9001":{"description":"Made up.","releases":{
              "bookworm":{"status":"resolved","repositories":{"bookworm":"1:9.2p1-2+deb12u3"},"fixed_version":"1:9.2p1-2+deb12u3","urgency":"high"},
              "trixie":{"status":"resolved","repositories":{"trixie":"1:9.9p1-1"},"fixed_version":"0","urgency":"unimportant"},
              "bullseye":{"status":"open","repositories":{"bullseye":"1:8.4p1-5"},"urgency":"not yet assigned"},
              "sid":{"status":"undetermined","repositories":{"sid":"1:9.9p1-1"}}}},
              "TEMP-0000000-000000":{"releases":{"bookworm":{"status":"open","repositories":{}}}}}}
            """;

        FeedCatalogue.Recognize(Tracker).ShouldBeOfType<DebianTrackerFeed>().Read(Bytes(Tracker)).Cast<DistributionFix>()
            .Select(static fix => (fix.Distribution, fix.Release, fix.Package, fix.Cve, fix.FixedVersion))
            .ShouldBe([
                ("debian", "12", "openssh", "CVE-1999-9001", "1:9.2p1-2+deb12u3"),
                ("debian", "13", "openssh", "CVE-1999-9001", "0"),
                ("debian", "11", "openssh", "CVE-1999-9001", "")]);
    }

    [Fact]
    public void Every_cut_of_a_file_is_told_as_broken_and_not_as_whole()
    {
        for (var length = 300; length < Nvd.TrimEnd().Length; length += 37)
        {
            Should.Throw<FeedException>(() => new NvdFeed().Read(Bytes(Nvd[..length])).ToList());
        }
    }

    [Fact]
    public void The_older_shape_of_nvd_is_read_too()
    {
        var record = Read("""
            {"CVE_data_type":"CVE","CVE_Items":[{"cve":{"CVE_data_meta":{"ID":"CVE-1999-9003"},"description":{"description_data":[{"lang":"en","value":"Made up."}]}},
             "configurations":{"nodes":[{"operator":"AND","children":[{"operator":"OR","cpe_match":[{"vulnerable":true,"cpe23Uri":"cpe:2.3:a:example:server:1.0:*:*:*:*:*:*:*"}]},
               {"operator":"OR","cpe_match":[{"vulnerable":false,"cpe23Uri":"cpe:2.3:o:example:os:-:*:*:*:*:*:*:*"}]}]},
               {"operator":"OR","cpe_match":[{"vulnerable":true,"cpe23Uri":"cpe:2.3:a:example:other:*:*:*:*:*:*:*:*","versionEndIncluding":"2"}]}]},
             "impact":{"baseMetricV2":{"cvssV2":{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:C/I:C/A:C","baseScore":10.0}}},"lastModifiedDate":"2021-09-01T10:00Z"}]}
            """).ShouldHaveSingleItem().ShouldBeOfType<CveRecord>();

        record.Configurations.Select(static each => (each.All, each.Nodes.Count)).ShouldBe([(true, 2), (false, 1)]);
        record.Scores.ShouldHaveSingleItem().Score.ShouldBe(10.0m);
        record.Modified.ShouldBe(DateTimeOffset.Parse("2021-09-01T10:00Z"));
    }

    [Fact]
    public void Cve_records_of_the_programme_give_ranges_for_products_with_a_cpe_name()
    {
        var record = Read("""
            {"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-1999-9004","state":"PUBLISHED","dateUpdated":"2026-01-01T00:00:00.000Z"},"containers":{
             "cna":{"providerMetadata":{"shortName":"made-up"},"descriptions":[{"lang":"en-US","value":"Made up."}],"affected":[{"vendor":"Example","product":"Server","versions":[{"status":"affected","version":"1"}]}]},
             "adp":[{"providerMetadata":{"shortName":"CISA-ADP"},"metrics":[{"cvssV3_1":{"baseScore":9.8,"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}},{"other":{"type":"ssvc"}}],
              "affected":[{"cpes":["cpe:2.3:a:example:server:1.0:*:*:*:*:*:*:*"],"versions":[
                {"status":"affected","version":"1.0","lessThan":"1.4"},{"status":"affected","version":"0","lessThanOrEqual":"0.9"},{"status":"affected","version":"2.0B"},{"status":"unaffected","version":"3"},{"status":"affected","version":"0","lessThan":"*"}]}]}]}}
            """).ShouldHaveSingleItem().ShouldBeOfType<CveRecord>();

        record.Configurations.ShouldHaveSingleItem().Nodes.ShouldHaveSingleItem().Criteria
            .Select(static each => (each.Name.Version, each.Range.StartIncluding, each.Range.EndIncluding, each.Range.EndExcluding))
            .ShouldBe([("*", "1.0", null, "1.4"), ("*", null, "0.9", null), ("2.0b", null, null, null)]);
        record.Scores.ShouldHaveSingleItem().Source.ShouldBe("CISA-ADP");
    }

    /// <remarks>Source of the first: CVE_Record_Format schema 5.1, <c>product.versions</c>, where 1.0 with lessThan 1.* is "the entire 1.X branch".</remarks>
    [Theory]
    [InlineData("1.0", "1.*", "1.0", "2")]
    [InlineData("0", "2.4.*", null, "2.5")]
    [InlineData("0", "9.1 < 9.1.x", null, "9.2")]
    [InlineData("1.0", "1.4", "1.0", "1.4")]
    public void A_bound_that_is_a_series_takes_the_series_in(string version, string lessThan, string? start, string end) =>
        Read($$$$"""
            {"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-1999-9004","state":"PUBLISHED","dateUpdated":"2026-01-01T00:00:00.000Z"},"containers":{
             "cna":{"affected":[{"cpes":["cpe:2.3:a:example:server:*:*:*:*:*:*:*:*"],"versions":[{"status":"affected","version":"{{{{version}}}}","lessThan":"{{{{lessThan}}}}"}]}]}}}
            """).ShouldHaveSingleItem().ShouldBeOfType<CveRecord>().Configurations.ShouldHaveSingleItem().Nodes.ShouldHaveSingleItem().Criteria
            .Select(static each => (each.Range.StartIncluding, each.Range.EndExcluding)).ShouldBe([(start, end)]);

    [Fact]
    public void Overrides_kev_epss_and_fixes_are_read()
    {
        Read("""
            {"_annotation":{"cve_id":"CVE-1999-9005"},"cve":{"configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"criteria":"cpe:2.3:a:example:server:*:*:*:*:*:*:*:*","versionEndExcluding":"2","vulnerable":true}]}]}]}}
            {"_annotation":{},"cve":{}}
            """).Select(static item => item.GetType()).ShouldBe([typeof(ConfigurationOverride), typeof(BadRecord)]);
        Read("""{"title":"x","catalogVersion":"2026.01.01","vulnerabilities":[{"cveID":"CVE-1999-9006","dateAdded":"2026-01-01","knownRansomwareCampaignUse":"Known"},{}]}""")
            .ShouldBe([new KevEntry("CVE-1999-9006", new DateOnly(2026, 1, 1), Ransomware: true), new BadRecord("an entry without id", "It has no CVE id.")]);
        Read("#model_version:v1,score_date:2026-01-01\ncve,epss,percentile\nCVE-1999-9007,0.5,0.9\nCVE-1999-9008,1.5,0.9\n")
            .ShouldBe([new EpssScore("CVE-1999-9007", 0.5m, 0.9m, new DateOnly(2026, 1, 1)), new BadRecord("line 4", "It has no CVE id with a score from 0 to 1.")]);
        Read("cve,epss\nCVE-1999-9007,1e-05\n").ShouldBe([new EpssScore("CVE-1999-9007", 0.00001m, null, null)]);
        Read("distro,release,source_package,cve,fixed_version,origin\ndebian,12,server,CVE-1999-9009,1.0-1+deb12u1,\"made up, here\"\ndebian,12,server,CVE-1999-9009\n")
            .ShouldBe([new DistributionFix("debian", "12", "server", "CVE-1999-9009", "1.0-1+deb12u1"), new BadRecord("line 3", "It lacks the distribution, release, package, CVE id or version.")]);
    }

    [Fact]
    public void Jvn_is_read_in_both_shapes()
    {
        var details = Read("""
            <?xml version="1.0" encoding="UTF-8"?><VULDEF-Document xmlns="http://jvn.jp/vuldef/"><Vulinfo><VulinfoID>JVNDB-1999-000001</VulinfoID><VulinfoData><Title>例の脆弱性</Title>
            <Related><RelatedItem type="advisory"><VulinfoID>CVE-1999-9010</VulinfoID></RelatedItem><RelatedItem type="cwe"><VulinfoID>CWE-79</VulinfoID><Title>別</Title></RelatedItem></Related></VulinfoData></Vulinfo></VULDEF-Document>
            """).ShouldHaveSingleItem().ShouldBeOfType<JvnEntry>();
        var list = Read("""
            <?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:sec="http://jvn.jp/rss/mod_sec/"><channel><title>JVN</title></channel>
            <item><title>例の脆弱性</title><sec:identifier>JVNDB-1999-000001</sec:identifier><sec:references source="CVE" id="CVE-1999-9010">x</sec:references></item></rdf:RDF>
            """).ShouldHaveSingleItem().ShouldBeOfType<JvnEntry>();

        foreach (var entry in new[] { details, list })
        {
            (entry.Id, entry.TitleJa, entry.Address).ShouldBe(("JVNDB-1999-000001", "例の脆弱性", "https://jvndb.jvn.jp/ja/contents/1999/JVNDB-1999-000001.html"));
            entry.Cves.ShouldBe(["CVE-1999-9010"]);
        }
    }

    [Fact]
    public void What_is_no_feed_is_not_recognised() =>
        new[] { "", "{", "{}", "<html>", "a,b\n1,2", "[1]", "PK" }.ShouldAllBe(static head => FeedCatalogue.Recognize(head) == null);

    [Fact]
    public void Rubbish_in_any_feed_is_items_or_a_broken_file_and_nothing_else()
    {
        Gen.Select(Gen.OneOf(FeedCatalogue.All.Select(Gen.Const).ToArray()), Gen.Int[0, Nvd.Length - 1], Gen.String[0, 8]).Sample(static (feed, at, rubbish) =>
        {
            try
            {
                foreach (var item in feed.Read(Bytes(Nvd[..at] + rubbish + Nvd[at..]))) item.ShouldNotBeNull();
            }
            catch (FeedException exception)
            {
                exception.Message.ShouldNotBeEmpty();
            }
        });
    }

    [Fact]
    public void Genuine_files_are_recognised_and_read_whole()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var bad = new List<BadRecord>();
        foreach (var file in FeedFiles.In(SharedMaterial.PathOf("vulndata")))
        {
            var (head, content) = file.OpenWithHead();
            using var opened = content;
            if (FeedCatalogue.Recognize(head) is not { } feed) continue;
            foreach (var item in feed.Read(content))
            {
                if (item is BadRecord record) bad.Add(record);
                else counts[feed.Id] = counts.GetValueOrDefault(feed.Id) + 1;
            }
        }

        bad.ShouldBeEmpty();
        counts["nvd"].ShouldBe(172 + 3_782);
        counts["nvd-1.1"].ShouldBe(3_782);
        counts["overrides"].ShouldBe(880);
        counts["cve5"].ShouldBe(244);
        counts["kev"].ShouldBe(1_404);
        counts["epss"].ShouldBeGreaterThan(64_712);
        counts["distribution-fixes"].ShouldBe(507);
        counts["jvn"].ShouldBeGreaterThan(5);
    }

    private static List<FeedItem> Read(string text) => [.. FeedCatalogue.Recognize(text)!.Read(Bytes(text))];

    private static MemoryStream Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
