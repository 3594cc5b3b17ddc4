using System.Text.RegularExpressions;
using MimeKit;
using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>A vendor with 日次まとめ: the requests of a day arrive as one mail, once, and its reply answers each of them.</summary>
public sealed class DigestTests
{
    private const string Vendor = "support@vendor.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("digest-gathered")]
    [InlineData("mail-composed")]
    [InlineData("mail-claimed")]
    [InlineData("mail-sending")]
    [InlineData("mail-sent")]
    public async Task The_requests_of_a_day_are_one_mail_wherever_the_worker_dies_and_one_reply_answers_all(string? point)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var (first, second) = await AskedInOneMailAsync(tenant, bench);
        (await tenant.StateAsync(first, Cancel)).ShouldBe("ベンダ確認中");
        bench.MailsTo(Vendor).ShouldBeEmpty("they wait for the set hour");

        // 2 February 2027 is a Tuesday.
        tenant.Clock.JumpTo(new DateTimeOffset(2027, 2, 2, 16, 0, 0, TimeSpan.FromHours(9)));
        var killer = point is null ? null : new Killer(point);
        await RoundsAsync(bench, killer, 4);
        if (killer is not null) killer.Struck.ShouldBeTrue();
        var mail = Load(bench, bench.MailsTo(Vendor).ShouldHaveSingleItem());
        mail.Subject.ShouldBe("【本日のご依頼2件】脆弱性診断について（2027年2月2日(火)）");

        var forms = Regex.Matches(mail.TextBody.ShouldNotBeNull(), "^【VD-.*回線 L1】回答：$", RegexOptions.Multiline).Select(static match => match.Value + "承認").ToList();
        forms.Count.ShouldBe(2);
        await ReplyAsync(bench, mail, string.Join('\n', forms));
        await RoundsAsync(bench, null, 4);
        foreach (var record in new[] { first, second })
        {
            var row = (await tenant.ReadAsync(record, Cancel))["ベンダ回答"]!["value"]!.Single()["value"]!;
            ((string)row["回答"]!["value"]!).ShouldBe("承認");
            (await tenant.StateAsync(record, Cancel)).ShouldBe("診断待ち");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("digest-gathered")]
    public async Task A_cancelled_engagement_s_request_is_left_out_and_takes_no_other_with_it(string? point)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var (first, second) = await AskedInOneMailAsync(tenant, bench);
        tenant.Clock.JumpTo(new DateTimeOffset(2027, 2, 2, 16, 0, 0, TimeSpan.FromHours(9)));
        // The first carries the second already when the worker dies.
        if (point is not null) await RoundsAsync(bench, new Killer(point), 1);
        await tenant.PressAsync("coordinator", first, "中止", Cancel);
        await RoundsAsync(bench, null, 4);

        var texts = bench.MailsTo(Vendor).Select(name => Load(bench, name)).Where(static mail => mail.Subject?.Contains("中止", StringComparison.Ordinal) is false).Select(static mail => mail.TextBody ?? "").ToList();
        texts.ShouldHaveSingleItem().ShouldContain($"VD-{second:000000}-VAL");
        texts[0].ShouldNotContain($"VD-{first:000000}-VAL");
        var rows = await tenant.As("coordinator").Records.QueryAsync(tenant.Apps.Communication, KintoneQuery.All.Equal("案件番号", first).In("区分", "送信"), [], Cancel);
        rows.Where(static row => ((string)row["参照番号"]!["value"]!).EndsWith("-VAL", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Two engagements whose vendor wants one mail a day; their requests wait for its hour.</summary>
    private static async Task<(long First, long Second)> AskedInOneMailAsync(Tenant tenant, WorkerBench bench)
    {
        await tenant.As("coordinator").Records.AddAsync(
            tenant.Apps.Vendor, new JObject { ["メールアドレス"] = Hearings.Value(Vendor), ["日次まとめ"] = Hearings.Value("する") }, Cancel);
        var first = await tenant.SubmitAsync(Hearings.WithVendor(), Cancel);
        var second = await tenant.SubmitAsync(Hearings.WithVendor(), Cancel);
        await RoundsAsync(bench, null, 3);
        return (first, second);
    }

    private static async Task RoundsAsync(WorkerBench bench, Killer? killer, int rounds)
    {
        WorkerComposition? worker = null;
        for (var round = 0; round < rounds; round++)
        {
            worker ??= await bench.StartApplyingAsync(killer is { Struck: false } ? killer.Points : null);
            var faults = await worker.Round.RunOnceAsync(Cancel);
            if (faults.Count == 0) continue;
            faults.ShouldAllBe(static fault => fault.Fault is KilledException);
            await worker.DisposeAsync();
            worker = null;
            bench.Tenant.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        if (worker is not null) await worker.DisposeAsync();
    }

    private static MimeMessage Load(WorkerBench bench, string name) =>
        MimeMessage.Load(Directory.EnumerateFiles(Path.Combine(bench.MailFolder, Vendor), name, SearchOption.AllDirectories).Single());

    private static async Task ReplyAsync(WorkerBench bench, MimeMessage mail, string text)
    {
        using var reply = new MimeMessage { Subject = "Re: " + mail.Subject, InReplyTo = mail.MessageId, MessageId = "answer@vendor.example", Body = new TextPart("plain") { Text = text + "\n" } };
        reply.From.Add(MailboxAddress.Parse(Vendor));
        reply.To.Add(MailboxAddress.Parse(WorkerBench.From));
        var folder = Path.Combine(bench.MailFolder, WorkerBench.From, "new");
        Directory.CreateDirectory(folder);
        foreach (var other in new[] { "cur", "tmp" }) Directory.CreateDirectory(Path.Combine(bench.MailFolder, WorkerBench.From, other));
        await reply.WriteToAsync(Path.Combine(folder, "1.answer.vendor"), Cancel);
    }
}
