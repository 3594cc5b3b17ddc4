using VulnDiag.Model;
using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Scans;

namespace VulnDiag.Worker.Tests.Scans;

/// <summary>From a version that was read on a port to the findings that the database has for it: records made by hand, loaded by the database's own update.</summary>
public sealed class VulnDbFindingsTests : IDisposable
{
    private const string Cpe = "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*";
    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-vulndb-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "vulndb.sqlite");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_version_in_the_range_has_the_hole_with_its_score_its_exploitation_and_how_sure_that_is()
    {
        Load();
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();

        var answer = await source.FindAsync(Ssh(), Cancel);

        answer.NotExamined.ShouldBeEmpty();
        answer.Findings.Select(static finding => finding.Id).ShouldBe(["CVE-1999-9001", "CVE-1999-9002"], ignoreOrder: true);
        var critical = answer.Findings.Single(static finding => finding.Id == "CVE-1999-9001");
        critical.Kind.ShouldBe(FindingKind.Vulnerability);
        (critical.Protocol, critical.Port).ShouldBe((Transport.Tcp, 22));
        critical.Severity.ShouldBe(Severity.Critical);
        (critical.Cvss!.Version, critical.Cvss.Score).ShouldBe(("3.1", 9.8m));
        critical.Cve.ShouldBe(["CVE-1999-9001"]);
        critical.Kev.ShouldBeTrue();
        critical.Epss.ShouldBe(0.42m);
        critical.Qod.ShouldBe(80);
        critical.Evidence.ShouldStartWith("SSH-2.0-OpenSSH_9.2p1 | ");
    }

    [Fact]
    public async Task A_hole_without_a_score_is_recommended_to_be_looked_at_and_never_left_out()
    {
        Load();
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();

        var unscored = (await source.FindAsync(Ssh(), Cancel)).Findings.Single(static finding => finding.Id == "CVE-1999-9002");

        unscored.Cvss.ShouldBeNull();
        unscored.Severity.ShouldBe(Severity.Recommended);
        unscored.Kev.ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_distribution_has_mended_is_no_finding()
    {
        Load();
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();

        var answer = await source.FindAsync(Ssh() with { Info = "Debian-2+deb12u1" }, Cancel);

        answer.Findings.ShouldNotContain(static finding => finding.Id == "CVE-1999-9001");
    }

    [Fact]
    public async Task Without_a_version_nothing_is_claimed()
    {
        Load();
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();
        (await source.FindAsync(Ssh() with { Version = null }, Cancel)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_database_is_dated_by_its_newest_record_and_absent_before_the_first_load()
    {
        VulnDbFindings.OpenIfLoaded(File).ShouldBeNull();
        Load();
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();
        source.Version.ShouldBe(KeyValuePair.Create("vulndb", "2026-01-03"));
    }

    [Fact]
    public void A_database_that_no_feed_was_loaded_into_says_so()
    {
        var nothing = Directory.CreateDirectory(Path.Combine(_folder, "nothing")).FullName;
        DatabaseUpdate.Run(nothing, File, TimeProvider.System, Cancel);
        using var source = VulnDbFindings.OpenIfLoaded(File).ShouldNotBeNull();
        source.Version.Value.ShouldBe("empty");
    }

    private static PortResult Ssh() => new()
    {
        Protocol = Transport.Tcp,
        Port = 22,
        State = "open",
        Service = "ssh",
        Product = "OpenSSH",
        Version = "9.2p1",
        Cpe = [Cpe],
        Confidence = 100,
        Evidence = "SSH-2.0-OpenSSH_9.2p1\r\n",
    };

    private void Load()
    {
        var feeds = Directory.CreateDirectory(Path.Combine(_folder, "feeds")).FullName;
        System.IO.File.WriteAllText(Path.Combine(feeds, "nvd"), """
            {"format":"NVD_CVE","vulnerabilities":[
             {"cve":{"id":"CVE-1999-9001","vulnStatus":"Analyzed","lastModified":"2026-01-01T00:00:00.000",
              "metrics":{"cvssMetricV31":[{"type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8}}]},
              "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*","versionEndExcluding":"9.3"}]}]}]}},
             {"cve":{"id":"CVE-1999-9002","vulnStatus":"Analyzed","lastModified":"2026-01-01T00:00:00.000",
              "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*","versionEndExcluding":"9.5"}]}]}]}},
             {"cve":{"id":"CVE-1999-9003","vulnStatus":"Analyzed","lastModified":"2026-01-01T00:00:00.000",
              "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:openbsd:openssh:*:*:*:*:*:*:*:*","versionEndExcluding":"9.0"}]}]}]}}]}
            """);
        System.IO.File.WriteAllText(Path.Combine(feeds, "kev"), """{"title":"x","catalogVersion":"2026.01.02","dateReleased":"2026-01-02T00:00:00.000Z","vulnerabilities":[{"cveID":"CVE-1999-9001","dateAdded":"2026-01-02","knownRansomwareCampaignUse":"Unknown"}]}""");
        System.IO.File.WriteAllText(Path.Combine(feeds, "epss"), "#model_version:v1,score_date:2026-01-03T00:00:00+0000\ncve,epss,percentile\nCVE-1999-9001,0.42,0.97\n");
        System.IO.File.WriteAllText(Path.Combine(feeds, "fixes"), "distro,release,source_package,cve,fixed_version\ndebian,12,openssh,CVE-1999-9001,1:9.2p1-2+deb12u1\n");
        DatabaseUpdate.Run(feeds, File, TimeProvider.System, Cancel).ShouldAllBe(static report => report.Failure == null);
    }
}
