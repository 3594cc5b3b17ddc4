using System.Security.Cryptography;
using Newtonsoft.Json.Linq;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using VulnDiag.EndToEnd.Portal;

namespace VulnDiag.EndToEnd.Tests;

/// <summary>Tests that share one played demo. They run one after the other: two demos cannot listen on the same addresses.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<PlayedDemo>
{
    internal const string Name = "demo";
}

/// <summary>One demo, played for all tests of the collection.</summary>
public sealed class PlayedDemo : IAsyncLifetime
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("vulndiag-demo-").FullName;

    internal JObject Summary { get; private set; } = [];

    internal string Output { get; private set; } = "";

    /// <summary>What a visitor saw while the demo stayed.</summary>
    internal OpenDoors? Doors { get; private set; }

    public async ValueTask InitializeAsync()
    {
        using var process = DemoRun.Start(Folder, "--stay");
        var (exitCode, output) = await DemoRun.FinishAsync(process, CancellationToken.None, async said => Doors = await OpenDoors.SeeAsync(process.Id, said));
        Output = output;
        exitCode.ShouldBe(0, output);
        Summary = DemoRun.Summary(Folder);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>What CLI "demo" promises, checked from outside: on the files that it leaves behind.</summary>
[Collection(DemoCollection.Name)]
[Trait("Category", "Slow")]
public sealed class DemoTests(PlayedDemo demo)
{
    private static readonly string[] EndStates = ["完了", "報告済", "診断対象外", "中止"];
    private static readonly string[] Outcomes = ["診断済", "未診断", "今回見送り", "未実施", "中止"];
    private static readonly string[] Severities = ["緊急", "重要", "警告", "注意", "対処要", "対処推奨"];

    private IReadOnlyList<JObject> Engagements => [.. demo.Summary["engagements"]!.Cast<JObject>()];

    private IReadOnlyList<JObject> Lines => [.. demo.Summary["lines"]!.Cast<JObject>()];

    [Fact]
    public void Every_engagement_reaches_an_end()
    {
        Engagements.Count.ShouldBeGreaterThanOrEqualTo(12);
        var states = Engagements.Select(static engagement => (string)engagement["state"]!).ToList();
        states.ShouldAllBe(state => EndStates.Contains(state));
        states.ShouldContain("完了");
        states.ShouldContain("中止");
        states.ShouldContain("診断対象外");
    }

    [Fact]
    public void The_lines_cover_all_nineteen_rows_and_say_why()
    {
        Lines.Select(static line => (int?)line["no"]).OfType<int>().Distinct().Order().ShouldBe(Enumerable.Range(1, 19));
        Lines.ShouldAllBe(line => Outcomes.Contains((string)line["outcome"]!));
        Lines.Where(static line => (string)line["outcome"]! != "診断済").ShouldAllBe(static line => ((string?)line["reason"] ?? "").Length > 0);
        var cancelled = Engagements.Where(static engagement => (string)engagement["state"]! == "中止").Select(static engagement => (int)engagement["record"]!).ToHashSet();
        foreach (var line in Lines.Where(static line => (string)line["decision"]! == "×"))
            ((string)line["outcome"]!).ShouldBe(cancelled.Contains((int)line["record"]!) ? "中止" : "未診断");
        Outcomes.ShouldAllBe(outcome => Lines.Any(line => (string)line["outcome"]! == outcome));
    }

    [Fact]
    public void The_mails_of_the_specification_were_sent()
    {
        var mails = (JObject)demo.Summary["mails"]!;
        foreach (var name in (string[])["打合せ依頼", "妥当性確認依頼", "静観対応依頼", "当日グローバルIP確認依頼", "診断開始", "診断完了", "報告書掲載", "不備の確認依頼", "診断中断", "中止", "エスカレーション"])
            ((int?)mails[name] ?? 0).ShouldBeGreaterThan(0, name);
        mails.Properties().Sum(static mail => (int)mail.Value).ShouldBeGreaterThanOrEqualTo(30);
        ((JObject)demo.Summary["findings"]!).Properties().Select(static finding => finding.Name).ShouldBe(Severities);
        ((JObject)demo.Summary["findings"]!).Properties().Sum(static finding => (int)finding.Value).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_mail_was_sent_twice() => NoMailShouldBeThereTwice(demo.Folder, static _ => true);

    internal static void NoMailShouldBeThereTwice(string folder, Func<string, bool> boxes)
    {
        foreach (var box in new DirectoryInfo(Path.Combine(folder, "mail")).EnumerateDirectories().Where(box => boxes(box.Name)))
            box.EnumerateFiles("*", SearchOption.AllDirectories).Select(static file => MessageId(file.FullName)).ToList().ShouldBeUnique(box.Name);
    }

    [Fact]
    public void Each_report_names_its_hospital_and_carries_the_six_words()
    {
        var reports = Engagements.Where(static engagement => engagement["report"] is JObject).ToList();
        reports.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var engagement in reports)
        {
            var text = TextOf(Path.Combine(demo.Folder, (string)engagement["report"]!["pdf"]!));
            text.ShouldContain(Squeezed((string)engagement["hospital"]!));
            foreach (var word in Severities) text.ShouldContain(word);
            File.Exists(Path.Combine(demo.Folder, (string)engagement["report"]!["xlsx"]!)).ShouldBeTrue();
            foreach (var other in reports.Where(other => other != engagement))
                text.ShouldNotContain(Squeezed((string)other["hospital"]!), Case.Sensitive, "a report names another hospital");
        }
    }

    [Fact]
    public void Reports_differ_from_each_other() =>
        Engagements.Where(static engagement => engagement["report"] is JObject)
            .Select(engagement => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(demo.Folder, (string)engagement["report"]!["pdf"]!)))))
            .ShouldBeUnique();

    [Theory]
    [InlineData("いちょう病院")]
    [InlineData("けやき病院")]
    public void A_cancelled_or_stopped_scan_ended_in_its_midst(string hospital)
    {
        var result = ScanOf(hospital);
        ((bool)result["complete"]!).ShouldBeFalse();
        ((long)result["packets"]!["sent"]!).ShouldBeGreaterThan(100);
        ((int)result["coverage"]!["tcp"]!["untested"]!).ShouldBeGreaterThan(0);
        result["stops"]!.Count().ShouldBe(1);
    }

    [Fact]
    public void A_scan_that_its_window_interrupted_went_on_in_the_next_and_sent_nothing_twice()
    {
        const int ports = 65_535;
        var result = ScanOf("もみじ病院");
        ((bool)result["complete"]!).ShouldBeTrue();
        result["stops"]!.Count().ShouldBe(1);
        ((int)result["coverage"]!["tcp"]!["open"]! + (int)result["coverage"]!["tcp"]!["closed"]!).ShouldBe(ports);
        ((long)result["packets"]!["sent"]!).ShouldBeInRange(ports, ports + ports / 100);
    }

    private JObject ScanOf(string hospital)
    {
        var record = (int)Engagements.Single(engagement => (string)engagement["hospital"]! == hospital)["record"]!;
        var file = Directory.EnumerateFiles(Path.Combine(demo.Folder, "data", "worker", "scans", $"{record:D6}"), "result.json", SearchOption.AllDirectories).Single();
        return JObject.Parse(File.ReadAllText(file));
    }

    private static string MessageId(string file) =>
        File.ReadLines(file).First(static line => line.StartsWith("Message-I", StringComparison.OrdinalIgnoreCase));

    private static string TextOf(string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return Squeezed(string.Concat(document.GetPages().SelectMany(static page => page.Letters).Select(static letter => letter.Value)));
    }

    private static string Squeezed(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));
}
