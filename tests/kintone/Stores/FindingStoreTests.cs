using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Stores;

public sealed class FindingStoreTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 1, 30, 0, TimeSpan.Zero);
    private static long lastEngagement = 1000;

    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_part_of_a_finding_survives_the_round_trip()
    {
        var store = new FindingStore(tenant.As("worker"), tenant.Apps);
        var finding = Finding(NextEngagement());
        await store.SaveAsync(await store.LoadAsync(finding.Engagement, Ct), [finding], Ct);
        var read = (await store.LoadAsync(finding.Engagement, Ct)).ShouldHaveSingleItem();
        Json.Write(read with { RecordId = 0, Revision = 0 }).ShouldBe(Json.Write(finding));
    }

    [Fact]
    public async Task A_finding_without_score_cve_or_decision_survives_too()
    {
        var store = new FindingStore(tenant.As("worker"), tenant.Apps);
        var whole = Finding(NextEngagement());
        var bare = whole with
        {
            Machine = whole.Machine with { Cvss = null, Cve = [], Jvn = [], Epss = null, Kev = false, Severity = Severity.Act },
            Decision = new FindingDecision(),
        };
        await store.SaveAsync(await store.LoadAsync(bare.Engagement, Ct), [bare], Ct);
        var read = (await store.LoadAsync(bare.Engagement, Ct)).ShouldHaveSingleItem();
        Json.Write(read with { RecordId = 0, Revision = 0 }).ShouldBe(Json.Write(bare));
    }

    [Fact]
    public async Task A_new_scan_does_not_overwrite_what_the_analyst_decided()
    {
        var store = new FindingStore(tenant.As("worker"), tenant.Apps);
        var finding = Finding(NextEngagement()) with { Decision = new FindingDecision() };
        await store.SaveAsync(await store.LoadAsync(finding.Engagement, Ct), [finding], Ct);
        var row = (await store.LoadAsync(finding.Engagement, Ct)).Single();
        await tenant.As("analyst").Records.UpdateAsync(
            tenant.Apps.Finding, row.RecordId, row.Revision, new JObject { ["判定"] = Tenant.Value("誤検知"), ["理由"] = Tenant.Value("別の製品") }, Ct);
        await store.SaveAsync(await store.LoadAsync(finding.Engagement, Ct), [finding with { Machine = finding.Machine with { Evidence = "SSH-2.0-x" }, LastSeen = At.AddDays(1) }], Ct);
        var after = (await store.LoadAsync(finding.Engagement, Ct)).ShouldHaveSingleItem();
        after.Decision.Verdict.ShouldBe(FindingVerdict.FalsePositive);
        after.Decision.Reason.ShouldBe("別の製品");
        after.Machine.Evidence.ShouldBe("SSH-2.0-x");
        after.LastSeen.ShouldBe(At.AddDays(1));
    }

    [Fact]
    public async Task Saving_the_same_findings_twice_leaves_one_row_each_and_writes_nothing()
    {
        var client = tenant.As("worker");
        var store = new FindingStore(client, tenant.Apps);
        var engagement = NextEngagement();
        var findings = Enumerable.Range(1, 130).Select(port => Finding(engagement, port)).ToList();
        await store.SaveAsync(await store.LoadAsync(engagement, Ct), findings, Ct);
        var before = client.Requests;
        await store.SaveAsync(await store.LoadAsync(engagement, Ct), findings, Ct);
        (client.Requests - before).ShouldBe(1);
        (await store.LoadAsync(engagement, Ct)).Count.ShouldBe(130);
    }

    [Fact]
    public async Task The_analyst_cannot_change_what_the_machine_found()
    {
        var store = new FindingStore(tenant.As("worker"), tenant.Apps);
        var finding = Finding(NextEngagement());
        await store.SaveAsync(await store.LoadAsync(finding.Engagement, Ct), [finding], Ct);
        var row = (await store.LoadAsync(finding.Engagement, Ct)).Single();
        await Should.ThrowAsync<KintoneException>(() => tenant.As("analyst").Records.UpdateAsync(
            tenant.Apps.Finding, row.RecordId, row.Revision, new JObject { ["深刻度"] = Tenant.Value("注意") }, Ct));
    }

    private static EngagementId NextEngagement() => new(Interlocked.Increment(ref lastEngagement));

    private static FindingRecord Finding(EngagementId engagement, int port = 22) => new()
    {
        Engagement = engagement,
        Identity = new FindingIdentity("1312345670", new LineId("L1"), Transport.Udp, port, "CVE-2024-6387"),
        Machine = new ScanFinding
        {
            Id = "CVE-2024-6387", Kind = FindingKind.Vulnerability, Protocol = Transport.Udp, Port = port, Severity = Severity.High,
            Cvss = new CvssScore("3.1", 8.1m, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H"), Cve = ["CVE-2024-6387", "CVE-2006-5051"], Kev = true, Epss = 0.97565m,
            Jvn = ["JVNDB-2024-003973"], Qod = 80, TitleJa = "OpenSSHの脆弱性", Evidence = "SSH-2.0-OpenSSH_9.2p1\n\"引用\" \\",
        },
        FirstSeen = At, LastSeen = At, Change = FindingChange.StillThere,
        Decision = new FindingDecision { Verdict = FindingVerdict.AcceptedRisk, ReRated = Severity.Low, Reason = "一行目\n二行目", By = "analyst", Expires = new DateOnly(2027, 3, 31) },
    };
}
