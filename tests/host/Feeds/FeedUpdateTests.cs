using System.IO.Compression;
using System.Text;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.Worker.Tests.Feeds;

public sealed class FeedUpdateTests : IAsyncLifetime
{
    private const string Kev = """{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-1999-9001","dateAdded":"2026-01-01"}]}""";
    private readonly TestConsole _console = new();
    private FeedServer _server = null!;

    private string Database => Path.Combine(_console.Home, "data", "vulndb.sqlite");

    public async ValueTask InitializeAsync() => _server = await FeedServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _console.Dispose();
    }

    [Fact]
    public async Task What_is_new_is_fetched_and_loaded_and_what_is_not_is_only_asked_for()
    {
        Serve("/nvd.json.gz", Gzip(Nvd("9.3")), tag: "\"one\"");
        Serve("/kev.json", Encoding.UTF8.GetBytes(Kev), modified: DateTimeOffset.Parse("2026-01-02T00:00Z"));

        (await UpdateAsync()).ShouldBe(0);
        _console.Out.ShouldContain($"{_server.Address("/nvd.json.gz")}: 1 records of nvd");
        (await MatchesAsync()).ShouldBeTrue();

        (await UpdateAsync()).ShouldBe(0);
        _console.Out.ShouldContain($"{_server.Address("/kev.json")}: nothing new.");
        _server.Answers.Select(static answer => answer.Status).ShouldBe([200, 200, 304, 304]);

        Serve("/nvd.json.gz", Gzip(Nvd("9.1", "2026-02-01")), tag: "\"two\"");
        (await UpdateAsync()).ShouldBe(0);
        _server.Answers[^2..].Select(static answer => answer.Status).ShouldBe([200, 304]);
        (await MatchesAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_zip_is_loaded_as_it_is_served()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var text = new StreamWriter(zip.CreateEntry("nvd.json").Open())) text.Write(Nvd("9.3"));
        Serve("/nvd.zip", bytes.ToArray());

        (await UpdateAsync()).ShouldBe(0);

        _console.Out.ShouldContain("/nvd.zip/nvd.json: 1 records of nvd");
    }

    [Fact]
    public async Task One_that_fails_leaves_its_old_data_says_so_and_the_others_are_loaded()
    {
        Serve("/nvd.json", Encoding.UTF8.GetBytes(Nvd("9.3")), tag: "\"one\"");
        (await UpdateAsync()).ShouldBe(0);
        var cut = Gzip(Nvd("9.1", "2026-02-01"));
        Serve("/nvd.json", cut[..^20], tag: "\"two\"");
        Serve("/page.html", "<html>Moved.</html>"u8.ToArray());
        Serve("/kev.json", Encoding.UTF8.GetBytes(Kev));

        (await UpdateAsync("/missing")).ShouldBe(1);

        _console.Out.ShouldContain("/missing: nothing of it was loaded. It was not fetched: the server answered 404. What was there before stays.");
        _console.Out.ShouldContain("/page.html: nothing of it was loaded. What the server sent is no feed that we know.");
        _console.Out.ShouldContain("/kev.json: 1 records of kev");
        (await MatchesAsync()).ShouldBeTrue();

        // What could not be loaded is asked for again as if it had never been served.
        Serve("/nvd.json", Gzip(Nvd("9.1", "2026-02-01")), tag: "\"two\"");
        await UpdateAsync();
        (await MatchesAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_is_too_large_or_takes_too_long_is_left()
    {
        Serve("/large", new byte[(1 << 20) + 1]);
        _server.Files["/slow"] = (null, null, null);
        _console.Environment["VULNDIAG__VulnDb__FeedMegabytes"] = "1";
        _console.Environment["VULNDIAG__VulnDb__FeedTimeoutSeconds"] = "1";

        (await UpdateAsync()).ShouldBe(1);

        _console.Out.ShouldContain("/large: nothing of it was loaded. It was not fetched: it is larger than 1 MB (VulnDb:FeedMegabytes).");
        _console.Out.ShouldContain("/slow: nothing of it was loaded. It was not fetched: it took longer than 1 s (VulnDb:FeedTimeoutSeconds).");
    }

    [Theory]
    [InlineData(true, "it took longer than 2 s")]
    [InlineData(false, "")]
    public async Task Of_one_that_ends_in_the_middle_nothing_is_loaded_with_the_others(bool waits, string why)
    {
        const string Whole = "cve,epss\nCVE-1999-9001,0.5\n";
        Serve("/epss.csv", Encoding.UTF8.GetBytes(Whole + "CVE-1999-9002,0.5\n"), tag: "\"one\"");
        _server.Cut["/epss.csv"] = (Whole.Length, waits);
        Serve("/kev.json", Encoding.UTF8.GetBytes(Kev));
        _console.Environment["VULNDIAG__VulnDb__FeedTimeoutSeconds"] = "2";

        (await UpdateAsync()).ShouldBe(1);

        _console.Out.ShouldContain($"/epss.csv: nothing of it was loaded. It was not fetched: {why}");
        using var database = VulnDatabase.Open(Database);
        database.Status().Select(static feed => feed.Feed).ShouldBe(["kev"]);
    }

    [Fact]
    public async Task Without_a_database_everything_is_fetched_whatever_was_known()
    {
        Serve("/nvd.json", Encoding.UTF8.GetBytes(Nvd("9.3")), tag: "\"one\"");
        await UpdateAsync();
        File.Delete(Database);

        await UpdateAsync();

        (await MatchesAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_database_in_the_place_of_the_first_has_nothing_of_what_was_fetched_for_that()
    {
        Serve("/kev.json", Encoding.UTF8.GetBytes(Kev), tag: "\"one\"");
        await UpdateAsync();
        File.Delete(Database);
        var folder = Directory.CreateDirectory(Path.Combine(_console.Home, "feeds")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "nvd.json"), Nvd("9.3"), TestContext.Current.CancellationToken);
        await _console.RunAsync("vulndb", "update", "--from", folder);

        (await UpdateAsync()).ShouldBe(0);

        _server.Answers.Select(static answer => answer.Status).ShouldBe([200, 200]);
        using var database = VulnDatabase.Open(Database);
        database.Status().Select(static feed => feed.Feed).ShouldBe(["kev", "nvd"]);
    }

    [Theory]
    [InlineData("ftp://example.jp/nvd.json")]
    [InlineData("http://example.jp/nvd.json")]
    [InlineData("https://me:secret@example.jp/nvd.json")]
    [InlineData("nvd.json")]
    public async Task An_address_that_will_not_do_is_told_before_anything_is_fetched(string address)
    {
        _console.Environment["VULNDIAG__VulnDb__Feeds__0"] = address;

        (await _console.RunAsync("vulndb", "update")).ShouldNotBe(0);

        _console.Error.ShouldContain("must be https addresses of files");
    }

    private void Serve(string path, byte[] bytes, string? tag = null, DateTimeOffset? modified = null) => _server.Files[path] = (bytes, tag, modified);

    private Task<int> UpdateAsync(params string[] more)
    {
        foreach (var (index, path) in _server.Files.Keys.Concat(more).Index()) _console.Environment[$"VULNDIAG__VulnDb__Feeds__{index}"] = _server.Address(path);
        return _console.RunAsync("vulndb", "update");
    }

    private async Task<bool> MatchesAsync()
    {
        var before = _console.Out.Length;
        (await _console.RunAsync("vulndb", "match", "--cpe", "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")).ShouldBe(0);
        return _console.Out[before..].Contains("CVE-1999-9001", StringComparison.Ordinal);
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static string Nvd(string end, string modified = "2026-01-01") => $$$"""
        {"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-1999-9001","vulnStatus":"Analyzed","lastModified":"{{{modified}}}T00:00:00.000",
         "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*","versionEndExcluding":"{{{end}}}"}]}]}]}}]}
        """;
}
