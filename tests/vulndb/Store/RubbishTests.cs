using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.VulnDb.Store;

/// <summary>Whatever lies in the folder: what was loaded before stays, and what is good is loaded.</summary>
public sealed class RubbishTests : IDisposable
{
    private const string Good = """{"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-1999-9001","lastModified":"2026-01-01T00:00:00.000","configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:example:server:1.2:*:*:*:*:*:*:*"}]}]}]}}]}""";
    private const string Begin = """{"format":"NVD_CVE","vulnerabilities":[""";

    private readonly string feeds = Directory.CreateTempSubdirectory("feeds").FullName;
    private readonly string folder = Directory.CreateTempSubdirectory("vulndb").FullName;
    private readonly FakeTimeProvider time = new(DateTimeOffset.Parse("2026-11-24T00:00Z"));

    private string File => Path.Combine(folder, "vuln.db");

    public void Dispose()
    {
        Directory.Delete(feeds, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><title>503 Service Unavailable</title></html>")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    [InlineData("{\"vulnerabilities\": 5}")]
    public void What_is_no_feed_is_named_and_skipped(string text) => Update(("x.json", text)).ShouldHaveSingleItem().Feed.ShouldBeNull();

    [Theory]
    [InlineData(Begin)]
    [InlineData(Begin + """{"cve":{"id":"CVE-1999-9009","descriptions":[{"lang":"en","value":"cut""")]
    [InlineData(Begin + """{"cve":{}}]""")]
    [InlineData("""{"format":"NVD_CVE","vulnerabilities":{}}""")]
    [InlineData("""{"format":"NVD_CVE","vulnerabilities":[]} and more""")]
    public void A_file_that_is_broken_as_a_whole_is_told_and_leaves_what_was_there(string text)
    {
        Update(("good.json", Good));

        var report = Update(("bad.json", text)).Single(static report => report.File == "bad.json");

        (report.Feed, report.Failure is null).ShouldBe(("nvd", false));
        Ids().ShouldBe(["CVE-1999-9001"]);
    }

    [Theory]
    [InlineData("""{"cve":{"id":"CVE-1999-9009","x":nan}}""")]
    [InlineData("""{"cve":{"id":"CVE-1999-9009",}}""")]
    [InlineData("""{"cve":{"id":"CVE-1999-99999999999999999999"}}""")]
    [InlineData("""{"cve":{"id":"CVE-1999-9999999999999999999"}}""")]
    [InlineData("""{"cve":{"id":7}}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1e999999")]
    public void A_bad_record_is_told_and_the_others_are_read(string record)
    {
        var report = Update(("nvd.json", Good.Replace("[{\"cve\"", $"[{record},{{\"cve\"", StringComparison.Ordinal))).ShouldHaveSingleItem();

        (report.Failure, report.Records, report.Skipped.Count).ShouldBe((null, 1, 1));
        Ids().ShouldBe(["CVE-1999-9001"]);
    }

    [Fact]
    public void A_deep_record_and_one_that_is_no_utf8_are_bad_records()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
        byte[] text = [.. System.Text.Encoding.UTF8.GetBytes($"{Begin}{deep},{{\"cve\":{{\"id\":\"CVE-1999-9009\",\"vulnStatus\":\""), 0xFF, 0xFE, .. System.Text.Encoding.UTF8.GetBytes("\"}}," + Good[Begin.Length..])];
        System.IO.File.WriteAllBytes(Path.Combine(feeds, "nvd.json"), text);

        var report = Update().ShouldHaveSingleItem();

        (report.Failure, report.Records, report.Skipped.Count).ShouldBe((null, 1, 2));
    }

    [Fact]
    public void Huge_numbers_are_no_scores()
    {
        Update(("nvd.json", WithScore("""{"cvssData":{"baseScore":1e400,"vectorString":"x"}}""")));

        Matches().ShouldHaveSingleItem().Score.ShouldBeNull();
    }

    [Fact]
    public void A_day_that_is_still_to_come_does_not_keep_later_records_out()
    {
        Update(("nvd.json", Good.Replace("2026-01-01", "2999-01-01", StringComparison.Ordinal)));
        time.Advance(TimeSpan.FromDays(3));
        Update(("nvd.json", Good.Replace("2026-01-01", "2026-11-26", StringComparison.Ordinal).Replace(":1.2:", ":1.3:", StringComparison.Ordinal)));

        Ids().ShouldBeEmpty();
    }

    [Fact]
    public void Torn_archives_folders_and_links_are_told_and_the_rest_is_loaded()
    {
        var whole = Compressed(Good);
        System.IO.File.WriteAllBytes(Path.Combine(feeds, "torn.gz"), whole[..(whole.Length / 2)]);
        System.IO.File.WriteAllBytes(Path.Combine(feeds, "torn.zip"), [0x50, 0x4B, 0x03, 0x04, 1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(feeds, "folder.json"));
        Directory.CreateSymbolicLink(Path.Combine(feeds, "round"), feeds);
        System.IO.File.CreateSymbolicLink(Path.Combine(feeds, "nothing.json"), Path.Combine(feeds, "absent"));

        var reports = Update(("good.json", Good)).ToDictionary(static report => report.File);

        reports.Keys.Order(StringComparer.Ordinal).ShouldBe(["good.json", "nothing.json", "torn.gz", "torn.zip"]);
        reports["good.json"].Records.ShouldBe(1);
        new[] { "nothing.json", "torn.gz", "torn.zip" }.ShouldAllBe(name => reports[name].Failure != null);
    }

    [Fact]
    public void A_table_that_was_cut_in_its_archive_is_told_as_broken()
    {
        var whole = Compressed("cve,epss\n" + string.Concat(Enumerable.Range(1000, 5_000).Select(static number => $"CVE-1999-{number},0.0{number % 97}\n")));
        System.IO.File.WriteAllBytes(Path.Combine(feeds, "epss.csv.gz"), whole[..(whole.Length / 2)]);

        Update().ShouldHaveSingleItem().Failure.ShouldNotBeNull();
    }

    [Fact]
    public void An_archive_that_was_made_to_fill_the_disk_is_broken_off()
    {
        using (var gzip = new GZipStream(System.IO.File.Create(Path.Combine(feeds, "bomb.gz")), CompressionLevel.Optimal))
        {
            gzip.Write("cve,epss\n"u8);
            var blank = new byte[1 << 20];
            Array.Fill(blank, (byte)'\n');
            for (var megabyte = 0; megabyte < 300; megabyte++) gzip.Write(blank);
        }

        Update().ShouldHaveSingleItem().Failure.ShouldNotBeNull().ShouldContain("no feed does");
    }

    [Fact]
    public void What_a_killed_first_load_left_behind_does_not_matter()
    {
        System.IO.File.WriteAllText(File + ".new", "half of a database");

        Update(("good.json", Good));

        Ids().ShouldBe(["CVE-1999-9001"]);
        System.IO.File.Exists(File + ".new").ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_no_database_is_told_in_words()
    {
        System.IO.File.WriteAllText(File, "this is no database, and never was one");

        Should.Throw<InvalidDataException>(() => VulnDatabase.Open(File)).Message.ShouldContain("load the feeds again");
        Should.Throw<InvalidDataException>(() => Update(("good.json", Good)));
    }

    [Fact]
    public async Task Two_updates_at_once_take_turns()
    {
        System.IO.File.WriteAllText(Path.Combine(feeds, "good.json"), Good);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => DatabaseUpdate.Run(feeds, File, time, TestContext.Current.CancellationToken))));

        Ids().ShouldBe(["CVE-1999-9001"]);
    }

    [Fact]
    public void A_record_twice_in_one_folder_is_one()
    {
        Update(("a.json", Good), ("b.json", Good)).Sum(static report => report.Records).ShouldBe(2);

        Ids().ShouldBe(["CVE-1999-9001"]);
    }

    [Fact]
    public void Older_scores_of_exploitation_do_not_replace_newer_ones()
    {
        Update(
            ("good.json", Good),
            ("a.csv", "#model_version:v2,score_date:2026-11-01T00:00:00+0000\ncve,epss,percentile\nCVE-1999-9001,0.9,0.99\n"),
            ("b.csv", "#model_version:v2,score_date:2026-10-01T00:00:00+0000\ncve,epss,percentile\nCVE-1999-9001,0.1,0.11\n"),
            ("c.csv", "cve,epss\nCVE-1999-9001,0.2\n"));

        Matches().ShouldHaveSingleItem().ExploitProbability.ShouldBe(0.9m);
    }

    [Fact]
    public void A_score_that_is_not_what_its_vector_gives_is_told()
    {
        const string Score = """{"source":"made up","cvssData":{"baseScore":5.0,"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}""";

        Update(("nvd.json", WithScore(Score))).ShouldHaveSingleItem().ScoreDifferences
            .ShouldHaveSingleItem().ShouldBe(new ScoreDifference("CVE-1999-9001", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 5.0m, 9.8m, "made up"));
    }

    private static string WithScore(string metric) => Good.Replace("\"lastModified\"", $"\"metrics\":{{\"cvssMetricV31\":[{metric}]}},\"lastModified\"", StringComparison.Ordinal);

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress)) gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private IReadOnlyList<FileReport> Update(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files) System.IO.File.WriteAllText(Path.Combine(feeds, name), text);
        return DatabaseUpdate.Run(feeds, File, time, CancellationToken.None);
    }

    private IReadOnlyList<VulnMatch> Matches()
    {
        using var database = VulnDatabase.Open(File);
        return database.Match(new MatchQuery { Product = CpeName.Parse("cpe:2.3:a:example:server:1.2:*:*:*:*:*:*:*")! }).Matches;
    }

    private IEnumerable<string> Ids() => Matches().Select(static match => match.Cve);
}
