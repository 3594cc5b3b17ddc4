using Microsoft.Extensions.Time.Testing;
using VulnDiag.TestSupport;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.VulnDb.Store;

public sealed class VulnDatabaseTests : IDisposable
{
    private const string Server = "cpe:2.3:a:example:server:1.2:*:*:*:*:*:*:*";

    private readonly string folder = Directory.CreateTempSubdirectory("vulndb").FullName;
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-24T00:00Z"));

    private string File => Path.Combine(folder, "vuln.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_loaded_matches_with_score_kev_epss_and_jvn()
    {
        Load(
            ("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"))),
            ("kev.json", """{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-1999-9001","dateAdded":"2026-01-01"}]}"""),
            ("epss.csv", "cve,epss,percentile\nCVE-1999-9001,0.97,0.999\n"),
            ("jvn.xml", """<VULDEF-Document xmlns="http://jvn.jp/vuldef/"><Vulinfo><VulinfoID>JVNDB-1999-000001</VulinfoID><Title>例</Title><VulinfoID>CVE-1999-9001</VulinfoID></Vulinfo></VULDEF-Document>"""),
            ("readme.txt", "nothing of ours")).Select(static report => report.Feed).ShouldBe(["epss", "jvn", "kev", "nvd", null]);

        var match = Match(Server).ShouldHaveSingleItem();

        (match.Cve, match.Score!.Version, match.Score.Score, match.KnownExploited, match.ExploitProbability, match.QualityOfDetection)
            .ShouldBe(("CVE-1999-9001", "3.1", 9.8m, true, 0.97m, 80));
        match.Jvn.ShouldHaveSingleItem().TitleJa.ShouldBe("例");
        Match(Server.Replace("1.2", "1.4", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_newer_record_replaces_an_older_one_and_an_older_one_does_not()
    {
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-02", "1.4"))));
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.1"))));
        Match(Server).Count.ShouldBe(1);

        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Modified", "2026-01-03", "1.1"))));
        Match(Server).ShouldBeEmpty();
    }

    [Fact]
    public void Rejected_records_never_match_and_deferred_ones_do()
    {
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Rejected", "2026-01-01", "1.4"), Record("CVE-1999-9002", "Deferred", "2026-01-01", "1.4"))));

        Match(Server).Select(static match => match.Cve).ShouldBe(["CVE-1999-9002"]);
    }

    [Fact]
    public void An_override_replaces_the_configurations_whatever_the_order_of_loading()
    {
        const string Override = """{"_annotation":{"cve_id":"CVE-1999-9001"},"cve":{"configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"criteria":"cpe:2.3:a:example:server:*:*:*:*:*:*:*:*","versionEndExcluding":"1.1","vulnerable":true}]}]}]}}""";

        Load(("override.json", Override));
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"))));

        Match(Server).ShouldBeEmpty();
        Match(Server.Replace("1.2", "1.0", StringComparison.Ordinal)).ShouldHaveSingleItem().Score!.Score.ShouldBe(9.8m);
    }

    [Fact]
    public void A_broken_file_leaves_the_old_data_and_the_other_files_are_loaded()
    {
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"))));
        var broken = Nvd(Record("CVE-1999-9001", "Rejected", "2026-02-01", "1.4"), Record("CVE-1999-9003", "Analyzed", "2026-01-01", "1.4"))[..^20];

        var reports = Load(("a.json", broken), ("b.json", Nvd(Record("CVE-1999-9002", "Analyzed", "2026-01-01", "1.4"))));

        reports.Select(static report => report.Failure is null).ShouldBe([false, true]);
        Match(Server).Select(static match => match.Cve).ShouldBe(["CVE-1999-9001", "CVE-1999-9002"]);
    }

    [Fact]
    public void A_load_that_is_broken_off_leaves_no_trace()
    {
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"))));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Should.Throw<OperationCanceledException>(() => Load(stop.Token, ("nvd.json", Nvd(Record("CVE-1999-9001", "Rejected", "2026-02-01", "1.4")))));

        Match(Server).Count.ShouldBe(1);
    }

    [Fact]
    public void Compressed_files_are_read_and_the_status_tells_how_fresh_they_are()
    {
        var feeds = Directory.CreateTempSubdirectory("feeds").FullName;
        using (var zip = System.IO.Compression.ZipFile.Open(Path.Combine(feeds, "x.zip"), System.IO.Compression.ZipArchiveMode.Create))
        using (var text = new StreamWriter(zip.CreateEntry("inner/nvd.json").Open())) text.Write(Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4")));
        using (var gzip = new System.IO.Compression.GZipStream(System.IO.File.Create(Path.Combine(feeds, "y.bin")), System.IO.Compression.CompressionMode.Compress))
        using (var text = new StreamWriter(gzip)) text.Write(Nvd(Record("CVE-1999-9002", "Analyzed", "2026-03-01", "1.4")));

        DatabaseUpdate.Run(feeds, File, time, CancellationToken.None).Select(static report => (report.File, report.Records)).ShouldBe([("x.zip/inner/nvd.json", 1), ("y.bin", 1)]);
        Directory.Delete(feeds, recursive: true);

        Match(Server).Count.ShouldBe(2);
        using var database = VulnDatabase.Open(File);
        database.Status().ShouldBe([new FeedStatus("nvd", 2, DateTimeOffset.Parse("2026-03-01T00:00Z"), time.GetUtcNow())]);
    }

    [Fact]
    public void What_a_distribution_has_fixed_is_suppressed_and_said_and_what_is_not_known_stays_with_a_low_quality()
    {
        Load(
            ("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"), Record("CVE-1999-9002", "Analyzed", "2026-01-01", "1.4"), Record("CVE-1999-9003", "Analyzed", "2026-01-01", "1.4"))),
            ("fixes.csv", "distro,release,source_package,cve,fixed_version\ndebian,12,server,CVE-1999-9001,1:1.2-1+deb12u2\ndebian,12,server,CVE-1999-9002,1:1.2-1+deb12u3\n"));
        using var database = VulnDatabase.Open(File);

        var result = database.Match(new MatchQuery { Product = CpeName.Parse(Server)!, DistributionTexts = ["Debian-1+deb12u2"] });

        result.Suppressed.ShouldHaveSingleItem().ShouldBe(new SuppressedMatch("CVE-1999-9001", "backport: debian 12 package 1.2-1+deb12u2 has the fix of 1:1.2-1+deb12u2."));
        result.Matches.Select(static match => (match.Cve, match.QualityOfDetection)).ShouldBe([("CVE-1999-9002", 80), ("CVE-1999-9003", 30)]);
        Match(Server).Select(static match => match.QualityOfDetection).ShouldBe([80, 80, 80]);
        Match(Server, "(Debian)").Select(static match => match.QualityOfDetection).ShouldBe([30, 30, 30]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_in_words() => Should.Throw<FileNotFoundException>(() => VulnDatabase.Open(File)).Message.ShouldContain("vulndb update");

    [Fact]
    public void A_database_of_an_older_version_is_told_in_words_and_left_as_it_is()
    {
        Load(("nvd.json", Nvd(Record("CVE-1999-9001", "Analyzed", "2026-01-01", "1.4"))));
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        const string Words = "was made by another version of this program: remove it and load the feeds again.";
        Should.Throw<InvalidDataException>(() => VulnDatabase.Open(File)).Message.ShouldEndWith(Words);
        Should.Throw<InvalidDataException>(() => Load(("nvd.json", Nvd()))).Message.ShouldEndWith(Words);
    }

    [Theory]
    [InlineData("CVE-1999-0001")]
    [InlineData("CVE-2023-38408")]
    [InlineData("CVE-2024-12345678901")]
    public void An_id_survives_as_a_number(string id) => CveNumber.Text(CveNumber.Of(id)!.Value).ShouldBe(id);

    [Fact]
    [Trait("Category", "Slow")]
    public void Genuine_data_tell_what_genuine_versions_have()
    {
        DatabaseUpdate.Run(SharedMaterial.PathOf("vulndata"), File, time, CancellationToken.None).ShouldAllBe(static report => report.Failure == null && report.Skipped.Count == 0);

        Ids("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*").ShouldContain("CVE-2023-38408");
        Ids("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*").ShouldContain("CVE-2024-6387");
        Ids("cpe:2.3:a:openbsd:openssh:9.3:p2:*:*:*:*:*:*").ShouldNotContain("CVE-2023-38408");
        Ids("cpe:2.3:a:openbsd:openssh:9.8:p1:*:*:*:*:*:*").ShouldNotContain("CVE-2024-6387");
        Ids("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*", "Debian-2+deb12u3").ShouldNotContain("CVE-2024-6387");
        Ids("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*", "Debian-2+deb12u2").ShouldContain("CVE-2024-6387");
        Ids("cpe:2.3:a:openbsd:openssh:8.9:p1:*:*:*:*:*:*", "Ubuntu-3ubuntu0.10").ShouldNotContain("CVE-2024-6387");
        Ids("cpe:2.3:a:openbsd:openssh:8.9:p1:*:*:*:*:*:*", "Ubuntu-3ubuntu0.6").ShouldContain("CVE-2024-6387");
        Ids("cpe:2.3:a:vsftpd:vsftpd:2.3.4:*:*:*:*:*:*:*").ShouldContain("CVE-2011-2523");
        Ids("cpe:2.3:a:vsftpd:vsftpd:3.0.3:*:*:*:*:*:*:*").ShouldNotContain("CVE-2011-2523");
        Ids("cpe:2.3:o:fortinet:fortios:6.0.4:*:*:*:*:*:*:*").ShouldContain("CVE-2018-13379");
        Ids("cpe:2.3:a:proftpd:proftpd:1.3.5:*:*:*:*:*:*:*").ShouldContain("CVE-2015-3306");
    }

    private static string Record(string id, string status, string modified, string end) => $$$"""
        {"cve":{"id":"{{{id}}}","vulnStatus":"{{{status}}}","lastModified":"{{{modified}}}T00:00:00.000",
         "metrics":{"cvssMetricV31":[{"type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8}}]},
         "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:example:server:*:*:*:*:*:*:*:*","versionEndExcluding":"{{{end}}}"}]}]}]}}
        """;

    private static string Nvd(params string[] records) => $$"""{"format":"NVD_CVE","vulnerabilities":[{{string.Join(',', records)}}]}""";

    private IReadOnlyList<FileReport> Load(params (string Name, string Text)[] files) => Load(CancellationToken.None, files);

    private IReadOnlyList<FileReport> Load(CancellationToken cancellationToken, params (string Name, string Text)[] files)
    {
        var feeds = Directory.CreateTempSubdirectory("feeds").FullName;
        foreach (var (name, text) in files) System.IO.File.WriteAllText(Path.Combine(feeds, name), text);
        try
        {
            return DatabaseUpdate.Run(feeds, File, time, cancellationToken);
        }
        finally
        {
            Directory.Delete(feeds, recursive: true);
        }
    }

    private IReadOnlyList<VulnMatch> Match(string cpe, params string[] distribution)
    {
        using var database = VulnDatabase.Open(File);
        return database.Match(new MatchQuery { Product = CpeName.Parse(cpe)!, DistributionTexts = distribution }).Matches;
    }

    private IEnumerable<string> Ids(string cpe, params string[] distribution) => Match(cpe, distribution).Select(static match => match.Cve);
}
