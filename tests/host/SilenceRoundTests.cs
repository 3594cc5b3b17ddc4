using System.Text.RegularExpressions;
using MimeKit;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>A vendor says no to the first date by mail: the next round asks for the next date and moves the event in its calendar.</summary>
public sealed class SilenceRoundTests
{
    private const string Vendor = "support@vendor.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_date_is_followed_by_another_and_the_same_event_is_moved()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        await using var worker = await bench.StartApplyingAsync(kill: null);
        var hearing = Hearings.WithVendor();
        hearing["静観対応"] = Hearings.Value("依頼する");
        hearing["対象回線"]!["value"]![0]!["value"]!["監視"] = Hearings.Value("あり");
        hearing["ベンダ"]!["value"]![0]!["value"]!["ベンダ役割"] = Hearings.Value("監視");
        var record = await tenant.SubmitAsync(hearing, Cancel);
        await RoundsAsync(worker, 3);
        await ReplyAsync(bench, "VAL", "【回線 L1】回答：承認\n");
        await RoundsAsync(worker, 4);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("静観依頼中");

        await ReplyAsync(bench, "SIL", "【回線 L1】回答：不可\n【回線 L1】備考：当該日は更改のため静観できません。\n");
        await RoundsAsync(worker, 4);
        (await tenant.StateAsync(record, Cancel)).ShouldBe("静観依頼中");
        var events = Requests(bench, "SIL").Select(EventOf).OrderBy(static text => Field(text, "SEQUENCE")).ToList();
        events.Select(static text => Field(text, "SEQUENCE")).ShouldBe(["0", "1"]);
        events.Select(static text => Field(text, "UID")).Distinct().Count().ShouldBe(1);
        events.Select(static text => Field(text, "DTSTART")).ShouldBe(["20270216T130000Z", "20270218T130000Z"]);
    }

    private static async Task RoundsAsync(WorkerComposition worker, int rounds)
    {
        for (var round = 0; round < rounds; round++) (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty();
    }

    private static List<MimeMessage> Requests(WorkerBench bench, string code) =>
    [
        .. bench.MailsTo(Vendor)
            .Select(name => MimeMessage.Load(Directory.EnumerateFiles(Path.Combine(bench.MailFolder, Vendor), name, SearchOption.AllDirectories).Single()))
            .Where(mail => mail.Subject!.Contains($"-{code}]", StringComparison.Ordinal)),
    ];

    private static string EventOf(MimeMessage mail) =>
        mail.BodyParts.OfType<TextPart>().First(static part => part.ContentType.IsMimeType("text", "calendar")).Text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);

    private static string Field(string calendar, string name) => Regex.Match(calendar, $"^{name}[:;](?:.*:)?(.*)$", RegexOptions.Multiline).Groups[1].Value;

    private static async Task ReplyAsync(WorkerBench bench, string code, string text)
    {
        var request = Requests(bench, code).ShouldHaveSingleItem();
        using var reply = new MimeMessage { Subject = "Re: " + request.Subject, InReplyTo = request.MessageId, MessageId = $"{code}@vendor.example", Body = new TextPart("plain") { Text = text } };
        reply.From.Add(MailboxAddress.Parse(Vendor));
        reply.To.Add(MailboxAddress.Parse(WorkerBench.From));
        foreach (var folder in new[] { "new", "cur", "tmp" }) Directory.CreateDirectory(Path.Combine(bench.MailFolder, WorkerBench.From, folder));
        await reply.WriteToAsync(Path.Combine(bench.MailFolder, WorkerBench.From, "new", $"1.{code}.vendor"), Cancel);
    }
}
