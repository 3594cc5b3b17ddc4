namespace VulnDiag.Worker.Tests.Cli;

public sealed class VulndbVerbTests : IDisposable
{
    private readonly TestConsole _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task Vectors_are_scored_in_order_and_one_that_is_not_valid_fails_at_the_end()
    {
        var file = _console.WriteFile("vectors.txt", "AV:N/AC:L/Au:N/C:C/I:C/A:C\nnonsense\nCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n");

        (await _console.RunAsync("vulndb", "score", file)).ShouldBe(1);

        _console.Out.ReplaceLineEndings("\n").ShouldBe("AV:N/AC:L/Au:N/C:C/I:C/A:C,10.0\nnonsense,\nCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H,9.8\n");
    }

    [Fact]
    public async Task A_batch_gets_one_answer_a_line_with_its_id()
    {
        await LoadAsync();
        var batch = _console.WriteFile("batch.jsonl", """
            {"id":7,"cpe":"cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"}
            {"id":"b","banner":"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u1","service":null}
            not json
            {"id":null,"banner":"hello"}
            """);
        var before = _console.Out.Length;

        (await _console.RunAsync("vulndb", "match", "--batch", batch)).ShouldBe(0);

        var lines = _console.Out[before..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("""{"id":7,"cpe":["cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"],"matches":[{"cve":"CVE-1999-9001","cvss":{"version":"3.1","score":9.8},"kev":false,"epss":null,"jvn":[],"qod":80,"why":""");
        lines[1].ShouldStartWith("""{"id":"b",""");
        lines[1].ShouldContain("\"matches\":[],\"suppressed\":[{\"cve\":\"CVE-1999-9001\",\"why\":\"backport");
        lines[2].ShouldBe("""{"id":null,"cpe":[],"matches":[],"suppressed":[]}""");
        lines[3].ShouldBe("""{"id":null,"cpe":[],"matches":[],"suppressed":[]}""");
    }

    [Fact]
    public async Task One_question_is_answered_in_words_and_a_missing_database_is_told()
    {
        (await _console.RunAsync("vulndb", "match", "--cpe", "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")).ShouldBe(1);
        _console.Error.ShouldContain("vulndb update --from DIR");
        await LoadAsync();

        (await _console.RunAsync("vulndb", "match", "--cpe", "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")).ShouldBe(0);

        _console.Out.ShouldContain("CVE-1999-9001  9.8 (v3.1)  QoD 80");
    }

    [Theory]
    [InlineData("vulndb", "match")]
    [InlineData("vulndb", "match", "--cpe", "x", "--banner", "y")]
    [InlineData("vulndb", "update")]
    public async Task Wrong_usage_exits_2(params string[] args) => (await _console.RunAsync(args)).ShouldBe(2);

    [Fact]
    public async Task Status_tells_what_was_loaded()
    {
        await LoadAsync();

        (await _console.RunAsync("vulndb", "status")).ShouldBe(0);

        _console.Out.ShouldContain("nvd: 1 records, newest change 2026-01-01, loaded");
        _console.Out.ShouldContain("This product uses data from the NVD API but is not endorsed or certified by the NVD.");
    }

    private async Task LoadAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_console.Home, "feeds")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "nvd"), """
            {"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-1999-9001","vulnStatus":"Analyzed","lastModified":"2026-01-01T00:00:00.000",
             "metrics":{"cvssMetricV31":[{"type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8}}]},
             "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*","versionEndExcluding":"9.3"}]}]}]}}]}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "fixes"), "distro,release,source_package,cve,fixed_version\ndebian,12,openssh,CVE-1999-9001,1:9.2p1-2+deb12u1\n");
        (await _console.RunAsync("vulndb", "update", "--from", folder)).ShouldBe(0);
        _console.Out.ShouldContain("1 records of nvd");
    }
}
