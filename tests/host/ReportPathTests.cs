using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Lab.Kintone.Faults;
using VulnDiag.Model;
using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Jobs;
using VulnDiag.Worker.Store;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>From the last scan to 完了: findings, review, approval, the report on the hospital's record, and no report twice or elsewhere.</summary>
[Trait("Category", "Slow")]
public sealed class ReportPathTests
{
    /// <summary>The goal; docs/benchmarks.md has what was measured.</summary>
    private const int MostRequests = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("draft-uploaded")]
    [InlineData("report-uploaded")]
    [InlineData("report-attached")]
    [InlineData("report-read-back")]
    public async Task The_report_reaches_its_hospital_once_wherever_the_worker_dies(string? point)
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var killer = point is null ? null : new Killer(point);
        var crew = new Crew(bench, killer);
        await crew.RoundsAsync(1);
        var start = tenant.Emulator.Requests.Of("worker");
        var record = await crew.ScanAsync();

        await DecideFindingsAsync(tenant, record);
        await tenant.PressAsync("analyst", record, "分析完了", Cancel, new JObject { ["総評"] = Hearings.Value("概ね良好です。") });
        await crew.RoundsAsync(4);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("報告書確認中", await NoticesAsync(tenant, record));
        Files(await tenant.ReadAsync(record, Cancel), "報告書案").Count.ShouldBe(2);

        await tenant.PressAsync("approver", record, "承認", Cancel);
        await crew.RoundsAsync(5);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("報告済", await NoticesAsync(tenant, record));
        if (killer is not null) killer.Struck.ShouldBeTrue();

        var seen = await tenant.ReadAsync(record, Cancel, "hospital");
        Files(seen, "報告書").Count.ShouldBe(2);
        seen.ContainsKey("報告書案").ShouldBeFalse();
        foreach (var file in Files(seen, "報告書")) (await DownloadAsync(tenant, file)).Length.ShouldBe((int)file["size"]!);
        bench.MailsTo("jyoho@hospital.example").Count(name => bench.SubjectOf("jyoho@hospital.example", name).Length > 0).ShouldBeGreaterThan(3);

        await tenant.WriteAsync("hospital", record, new JObject { ["受領確認"] = Hearings.Value("2027-03-01T00:00:00Z") }, Cancel);
        await crew.RoundsAsync(2);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("完了");
        await crew.EndAsync();
        if (killer is null) RequestsOfTheWholeLifeAreFew(tenant, crew.Rounds, start);
    }

    [Theory]
    [InlineData(FaultKind.CutBefore)]
    [InlineData(FaultKind.CutAfter)]
    public async Task A_report_whose_upload_is_cut_waits_and_is_attached_once_when_the_line_is_back(FaultKind cut)
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var crew = new Crew(bench, killer: null);
        var record = await ApprovedAsync(tenant, crew);

        tenant.Emulator.Faults.Add(new Fault(cut, Times: null, Method: "POST", PathContains: "file.json"));
        await crew.RoundsAsync(1);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("発行準備中");
        Files(await tenant.ReadAsync(record, Cancel, "hospital"), "報告書").ShouldBeEmpty();
        var (key, status, note) = (await crew.OpenAsync()).ShouldHaveSingleItem();
        key.ShouldNotBeEmpty();
        status.ShouldBe("released");
        note.ShouldNotBeEmpty();
        note.Split('\n').ShouldHaveSingleItem();

        tenant.Emulator.Faults.Clear();
        tenant.Clock.Advance(TimeSpan.FromMinutes(6));
        await crew.RoundsAsync(4);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("報告済", await NoticesAsync(tenant, record));
        Files(await tenant.ReadAsync(record, Cancel, "hospital"), "報告書").Count.ShouldBe(2);
        (await crew.OpenAsync()).ShouldBeEmpty();
        await crew.EndAsync();
    }

    [Fact]
    public async Task What_one_worker_ordered_another_makes_though_it_remembers_the_record_as_it_was_before()
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var crew = new Crew(bench, killer: null);
        var record = await crew.ScanAsync();
        await DecideFindingsAsync(tenant, record);
        await using (var other = await bench.StartAsync())
        {
            await tenant.PressAsync("analyst", record, "分析完了", Cancel, new JObject { ["総評"] = Hearings.Value("概ね良好です。") });
            await OrderAsync(other);
            await crew.FlushAsync();
            Files(await tenant.ReadAsync(record, Cancel), "報告書案").Count.ShouldBe(2, await NoticesAsync(tenant, record));

            await tenant.PressAsync("approver", record, "承認", Cancel);
            await OrderAsync(other);
            // Made of a revision that was overtaken, it is not attached but made again.
            await crew.FlushAsync();
        }

        tenant.Clock.Advance(TimeSpan.FromMinutes(6));
        await crew.RoundsAsync(3);
        Files(await tenant.ReadAsync(record, Cancel, "hospital"), "報告書").Count.ShouldBe(2, await NoticesAsync(tenant, record));
        await crew.EndAsync();

        static async Task OrderAsync(WorkerComposition worker)
        {
            await worker.Get<PollHearings>().RunAsync(Cancel);
            await worker.Get<AdvanceEngagements>().RunAsync(Cancel);
        }
    }

    [Fact]
    public async Task A_report_is_issued_once_though_the_disk_was_full_while_its_draft_and_itself_were_made()
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        using var disk = TinyDisk.MountOrSkip();
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var crew = new Crew(bench, killer: null, data: Path.Combine(disk.Folder, "data"));
        var record = await crew.ScanAsync();
        await DecideFindingsAsync(tenant, record);
        await tenant.PressAsync("analyst", record, "分析完了", Cancel, new JObject { ["総評"] = Hearings.Value("概ね良好です。") });
        var felt = await SufferAsync();
        Files(await tenant.ReadAsync(record, Cancel), "報告書案").Count.ShouldBe(2, await NoticesAsync(tenant, record));

        await tenant.PressAsync("approver", record, "承認", Cancel);
        felt += await SufferAsync();
        felt.ShouldBeGreaterThan(0);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("報告済", await NoticesAsync(tenant, record));
        Files(await tenant.ReadAsync(record, Cancel, "hospital"), "報告書").Count.ShouldBe(2);
        bench.MailsTo("jyoho@hospital.example").Select(name => bench.SubjectOf("jyoho@hospital.example", name)).ShouldBeUnique();
        (await crew.OpenAsync()).ShouldBeEmpty();
        await crew.EndAsync();

        async Task<int> SufferAsync()
        {
            disk.Fill(blocksLeft: 0);
            var faults = await crew.SufferAsync(rounds: 3);
            faults.Distinct().ShouldBeSubsetOf([FullDiskTests.Sentence]);
            disk.MakeRoom();
            for (var again = 0; again < 2; again++)
            {
                tenant.Clock.Advance(TimeSpan.FromMinutes(11));
                await crew.RoundsAsync(4);
            }

            return faults.Count;
        }
    }

    [Fact]
    public async Task The_coordinators_are_told_once_when_a_delivered_vulnerability_enters_the_catalogue_of_exploited_ones()
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        const string Cve = "CVE-1999-9001";
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var crew = new Crew(bench, killer: null);
        var record = await ApprovedAsync(tenant, crew);
        await crew.RoundsAsync(5);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("報告済", await NoticesAsync(tenant, record));
        await AddVulnerabilityAsync(tenant, record, Cve);
        await LoadCatalogueAsync(bench, "CVE-1999-9002");
        await crew.RoundsAsync(3);
        bench.MailsTo("coordinator@operator.example").ShouldBeEmpty();

        await LoadCatalogueAsync(bench, Cve);
        await crew.RoundsAsync(4);
        await LoadCatalogueAsync(bench, Cve);
        await crew.RoundsAsync(3);

        Alarms(bench).Count.ShouldBe(1);
        var rows = await tenant.As("analyst").Records.QueryAsync(tenant.Apps.Finding, KintoneQuery.All.Equal("案件番号", record), [], Cancel);
        rows.Where(static row => row["KEV"]!["value"]!.Any()).Select(static row => (string)row["指摘ID"]!["value"]!).ShouldBe([Cve]);
        await crew.EndAsync();
    }

    /// <summary>By their Message-ID, which names the kind of mail.</summary>
    /// <summary>Scanned, analysed and approved, but not yet issued.</summary>
    private static async Task<long> ApprovedAsync(Tenant tenant, Crew crew)
    {
        var record = await crew.ScanAsync();
        await DecideFindingsAsync(tenant, record);
        await tenant.PressAsync("analyst", record, "分析完了", Cancel, new JObject { ["総評"] = Hearings.Value("概ね良好です。") });
        await crew.RoundsAsync(4);
        await tenant.PressAsync("approver", record, "承認", Cancel);
        return record;
    }

    private static List<string> Alarms(WorkerBench bench) =>
        [.. Directory.EnumerateFiles(Path.Combine(bench.MailFolder, "coordinator@operator.example"), "*", SearchOption.AllDirectories)
            .Where(static file => File.ReadLines(file).Any(static line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase) && line.Contains("kev", StringComparison.OrdinalIgnoreCase)))];

    private static async Task AddVulnerabilityAsync(Tenant tenant, long record, string cve)
    {
        var store = new FindingStore(tenant.As("worker"), tenant.Apps);
        var known = await store.LoadAsync(new EngagementId(record), Cancel);
        var vulnerability = known[0] with
        {
            Identity = known[0].Identity with { Id = cve },
            Machine = known[0].Machine with { Id = cve, Kind = FindingKind.Vulnerability, Cve = [cve] },
        };
        await store.SaveAsync(known, [.. known, vulnerability], Cancel);
    }

    private static async Task LoadCatalogueAsync(WorkerBench bench, string cve)
    {
        bench.Tenant.Clock.Advance(TimeSpan.FromMinutes(11));
        var feeds = Directory.CreateDirectory(Path.Combine(bench.Folder, "feeds")).FullName;
        await File.WriteAllTextAsync(Path.Combine(feeds, "kev"), $$"""{"catalogVersion":"1","vulnerabilities":[{"cveID":"{{cve}}","dateAdded":"2027-01-01"}]}""", Cancel);
        DatabaseUpdate.Run(feeds, Path.Combine(bench.Folder, "data", "vulndb.sqlite"), bench.Tenant.Clock, Cancel);
    }

    [Fact]
    public async Task A_vendors_own_pdf_stands_beside_the_report_and_not_beside_the_draft()
    {
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Chromium is not installed.");
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var crew = new Crew(bench, killer: null);
        var record = await crew.ScanAsync(Hearings.WithVendor());
        await DecideFindingsAsync(tenant, record);
        await tenant.PressAsync("analyst", record, "分析完了", Cancel, new JObject { ["総評"] = Hearings.Value("概ね良好です。") });
        await crew.RoundsAsync(4);
        Files(await tenant.ReadAsync(record, Cancel), "報告書案").Count.ShouldBe(2);
        await tenant.PressAsync("approver", record, "承認", Cancel);
        await crew.RoundsAsync(5);

        var files = Files(await tenant.ReadAsync(record, Cancel, "hospital"), "報告書");
        files.Select(static file => (string)file["name"]!).ShouldBe(
            new[] { ".pdf", ".xlsx", "_ベンダ別1.pdf" }.Select(ending => $"脆弱性診断結果報告書_VD-{record:000000}_第1版{ending}"), ignoreOrder: true);
        foreach (var file in files) (await DownloadAsync(tenant, file)).Length.ShouldBe((int)file["size"]!);
        await crew.EndAsync();
    }

    /// <summary>All that the worker asked of kintone for one engagement from its hearing to 完了: its first round and a poll of each app and round aside.</summary>
    private static void RequestsOfTheWholeLifeAreFew(Tenant tenant, int rounds, int start)
    {
        const int PolledApps = 4;
        var requests = tenant.Emulator.Requests.Of("worker") - start - (PolledApps * (rounds - 1));
        TestContext.Current.SendDiagnosticMessage($"requests of one engagement's whole life: {requests}; of the worker's start and first round: {start}");
        requests.ShouldBeInRange(1, MostRequests, string.Join('\n', tenant.Emulator.Requests.Snapshot()));
    }

    private static async Task DecideFindingsAsync(Tenant tenant, long record)
    {
        var analyst = tenant.As("analyst");
        var rows = await analyst.Records.QueryAsync(tenant.Apps.Finding, KintoneQuery.All.Equal("案件番号", record), [], Cancel);
        rows.ShouldHaveSingleItem();
        foreach (var row in rows)
        {
            await analyst.Records.UpdateAsync(tenant.Apps.Finding, (long)row["$id"]!["value"]!, (long)row["$revision"]!["value"]!, new JObject
            {
                ["判定"] = Hearings.Value("確認済"),
                ["理由"] = Hearings.Value("応答を確認しました。"),
                ["判定者"] = Hearings.Value(new JArray(new JObject { ["code"] = "analyst" })),
            }, Cancel);
        }
    }

    private static async Task<byte[]> DownloadAsync(Tenant tenant, JToken file)
    {
        using var content = new MemoryStream();
        await tenant.As("hospital").Files.DownloadAsync((string)file["fileKey"]!, content, Cancel);
        return content.ToArray();
    }

    private static IReadOnlyList<JToken> Files(JObject record, string field) => [.. record[field]!["value"]!];

    private static async Task<string> NoticesAsync(Tenant tenant, long record)
    {
        var read = await tenant.ReadAsync(record, Cancel);
        return string.Join('\n', new[] { "対応事項", "差戻し理由" }.Select(field => (string?)read[field]?["value"]));
    }

    /// <summary>A worker, and the next one when it dies.</summary>
    private sealed class Crew(WorkerBench bench, Killer? killer, string data = "data")
    {
        private readonly FakeScanLauncher _launcher = new();
        private WorkerComposition? _worker;

        internal int Rounds { get; private set; }

        internal async Task<long> ScanAsync(JObject? hearing = null)
        {
            var tenant = bench.Tenant;
            var record = await tenant.SubmitAsync(hearing ?? Hearings.Simple(), Cancel);
            await RoundsAsync(3);
            if (hearing is not null) await ApproveAsync(record);
            tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
            await RoundsAsync(3);
            foreach (var scan in _launcher.Started) await scan.CompleteAsync(FakeScan.Telnet);
            await RoundsAsync(3);
            (await tenant.StateAsync(record, Cancel)).ShouldBe("分析中");
            await tenant.WriteAsync("coordinator", record, new JObject { ["分析担当"] = User("analyst"), ["承認者"] = User("approver") }, Cancel);
            await RoundsAsync(1);
            return record;
        }

        internal async Task RoundsAsync(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                _worker ??= await bench.StartAsync(killer is { Struck: false } ? killer.Points : null, _launcher, data);
                var faults = await _worker.Round.RunOnceAsync(Cancel);
                Rounds++;
                if (faults.Count == 0) continue;
                faults.ShouldAllBe(static fault => fault.Fault is KilledException);
                await _worker.DisposeAsync();
                _worker = null;
                // The thrown exception lets the effect wait, which a killed process would not.
                bench.Tenant.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        /// <summary>Does what was ordered, without a look at kintone before.</summary>
        internal Task FlushAsync() => _worker!.Get<FlushOutbox>().RunAsync(Cancel);

        /// <summary>Rounds that may fail; gives what the log says of each failure.</summary>
        internal async Task<IReadOnlyList<string>> SufferAsync(int rounds)
        {
            var words = new List<string>();
            for (var round = 0; round < rounds; round++) words.AddRange((await _worker!.Round.RunOnceAsync(Cancel)).Select(static fault => FailureWords.Of(fault.Fault)));
            return words;
        }

        internal Task<IReadOnlyList<(string Key, string Status, string Note)>> OpenAsync() => _worker!.Get<Outbox>().OpenAsync(Cancel);

        /// <summary>The coordinator records what the vendor said by telephone.</summary>
        private async Task ApproveAsync(long record)
        {
            var answers = (JArray)(await bench.Tenant.ReadAsync(record, Cancel))["ベンダ回答"]!["value"]!;
            foreach (var row in answers) row["value"]!["回答"]!["value"] = "承認";
            await bench.Tenant.WriteAsync("coordinator", record, new JObject { ["ベンダ回答"] = Hearings.Value(answers) }, Cancel);
            await RoundsAsync(3);
        }

        internal async Task EndAsync()
        {
            if (_worker is not null) await _worker.DisposeAsync();
        }

        private static JObject User(string code) => Hearings.Value(new JArray(new JObject { ["code"] = code }));
    }
}
