using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>A person presses a button that is the worker's: kintone refuses it, and what kintone lets through is taken back.</summary>
public sealed class UnfoundedMoveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hospital")]
    [InlineData("coordinator")]
    public async Task In_hearing_incomplete_the_buttons_of_the_worker_are_nobody_elses(string login)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        var record = await tenant.SubmitAsync(Hearings.Simple("10.0.0.1"), Cancel);
        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("確認依頼中");

        foreach (var action in new[] { "対象回線なし", "不備回線見送り" })
            await Should.ThrowAsync<KintoneException>(() => tenant.PressAsync(login, record, action, Cancel), action);
        await tenant.PressAsync("hospital", record, "再提出", Cancel);
        await RoundsAsync(worker, 2);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("確認依頼中", "nothing was mended");
    }

    [Theory]
    [InlineData("対象回線なし", "診断の対象となる回線が残っている")]
    [InlineData("不備回線見送り", null)]
    public async Task A_move_out_of_hearing_incomplete_without_ground_is_taken_back(string action, string? reason)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        var record = await tenant.SubmitAsync(Hearings.Simple("10.0.0.1"), Cancel);
        await RoundsAsync(worker, 3);
        var before = bench.MailsTo("jyoho@hospital.example").Count;

        // Somebody who was put into the worker's group too, as a tenant's administrator can.
        await tenant.PressAsync("deputy", record, action, Cancel);
        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("確認依頼中");
        var subjects = bench.MailsTo("jyoho@hospital.example").Skip(before).Select(name => bench.SubjectOf("jyoho@hospital.example", name)).ToList();
        subjects.ShouldNotContain(static subject => subject.Contains("-OUT]", StringComparison.Ordinal), "nobody is told that the hospital is out of scope");
        if (reason is null) return;
        ((string)(await tenant.ReadAsync(record, Cancel))["差戻し理由"]!["value"]!).ShouldContain(reason);
    }

    [Fact]
    public async Task A_vendors_review_that_is_open_cannot_be_ended_by_hand()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartAsync();
        var record = await tenant.SubmitAsync(Hearings.WithVendor(), Cancel);
        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("ベンダ確認中");

        await tenant.PressAsync("deputy", record, "ベンダ確認完了", Cancel);
        await tenant.PressAsync("coordinator", record, "日程確定(静観不要)", Cancel, Dates());
        await RoundsAsync(worker, 3);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("ベンダ確認中");
        ((string)(await tenant.ReadAsync(record, Cancel))["差戻し理由"]!["value"]!).ShouldContain("L1");
        bench.MailsTo("support@vendor.example").Count.ShouldBe(1, "the vendor is asked once");
    }

    private static JObject Dates() => new()
    {
        ["確定日程"] = Hearings.Value(new JArray(new JObject
        {
            ["value"] = new JObject { ["確定開始"] = Hearings.Value("2027-02-16T13:00:00Z"), ["確定終了"] = Hearings.Value("2027-02-16T20:00:00Z") },
        })),
    };

    private static async Task RoundsAsync(WorkerComposition worker, int rounds)
    {
        for (var round = 0; round < rounds; round++) (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();
    }
}
