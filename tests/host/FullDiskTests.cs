using VulnDiag.Kintone.Client;
using VulnDiag.Model;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary>The data folder's disk is really full for a while: one clear sentence, nothing lost, nothing twice, and the worker goes on when there is room again.</summary>
[Trait("Category", "Slow")]
public sealed class FullDiskTests
{
    internal const string Sentence = "The disk of the data folder is full. Make room: nothing recorded so far is lost, and the worker goes on from there.";
    private const int RoundsWithoutRoom = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Before which round of the story the disk fills, and how many blocks stay free: none, some for a write-ahead entry, more for a mail.</summary>
    public static TheoryData<int, int> Moments => new()
    {
        { 0, 0 }, { 0, 3 }, { 0, 12 }, { 1, 0 }, { 1, 8 }, { 3, 5 }, { 4, 0 }, { 5, 6 }, { 6, 2 }, { 8, 0 }, { 8, 10 }, { 9, 4 },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_is_full_for_a_while_changes_nothing_but_the_time_that_it_takes()
    {
        var undisturbed = await PlayAsync(-1, 0);
        var felt = 0;
        foreach (var (round, blocks) in Moments.Select(static row => row.Data))
        {
            var disturbed = await PlayAsync(round, blocks);
            var moment = $"full before round {round}, {blocks} blocks left";
            disturbed.Sentences.ShouldBeSubsetOf([Sentence], moment);
            felt += disturbed.Sentences.Count;
            disturbed.State.ShouldBe(undisturbed.State, moment);
            disturbed.Mails.ShouldBe(undisturbed.Mails, ignoreOrder: true, moment);
            disturbed.Findings.ShouldBe(undisturbed.Findings, moment);
            disturbed.Open.ShouldBeEmpty(moment);
            disturbed.Audit.Whole.ShouldBeTrue($"{moment}: {disturbed.Audit.Fault}");
        }

        // Where little was to be written, the room that the store's files already had was enough.
        felt.ShouldBeGreaterThan(Moments.Count / 2);
    }

    [Fact]
    public async Task A_scan_whose_disk_fills_ends_and_is_gone_on_with_when_there_is_room_again()
    {
        const string Address = "127.10.200.2";
        const int FirstPort = 31000;
        const int Ports = 200;
        const int Open = 5;
        using var disk = TinyDisk.MountOrSkip();
        await using var scene = await ScanScene.BeforeScanAsync(
            Hearings.Simple(Address),
            new ScanOptions
            {
                PacketsPerSecondPerHost = 20,
                TcpPorts = $"{FirstPort}-{FirstPort + Ports - 1}",
                UdpPorts = "53",
                AllowedLabRanges = ["127.0.0.0/8"],
                SourceAddresses = ["127.0.0.1"],
                KillSwitchFile = "kill-switch",
            },
            Path.Combine(disk.Folder, "data"));
        await using var target = Doorbells.At(System.Net.IPAddress.Parse(Address), FirstPort, Open, enough: 2, scene.Tenant.Clock);
        await scene.RoundsAsync(3);
        await target.Busy.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);

        disk.Fill(blocksLeft: 0);
        (await scene.Bench.Children[0].Ended.WaitAsync(Patience, TimeProvider.System, Cancel)).ShouldNotBe(0);
        await scene.Worker.Round.RunOnceAsync(Cancel);
        disk.MakeRoom();
        await scene.RoundsAsync(2);
        scene.Tenant.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.RoundsAsync(3);
        (await scene.Bench.Children[1].Ended.WaitAsync(Patience, TimeProvider.System, Cancel)).ShouldBe(0);
        await scene.RoundsAsync(3);
        (await scene.StateAsync()).ShouldBe("分析中");

        var file = Directory.EnumerateFiles(disk.Folder, "result.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var result = Json.Read<ScanResult>(await File.ReadAllTextAsync(file, Cancel));
        result.Complete.ShouldBeTrue();
        result.Coverage.Tcp.ShouldBe(new TcpCoverage(Open, Ports - Open, 0, 0));
    }

    private sealed record Outcome(string State, IReadOnlyList<string> Mails, int Findings, IReadOnlyList<string> Sentences, IReadOnlyList<string> Open, AuditReport Audit);

    private static async Task<Outcome> PlayAsync(int fullBefore, int blocksLeft)
    {
        using var disk = TinyDisk.MountOrSkip();
        await using var tenant = await Tenant.StartAsync(Cancel);
        using var bench = new WorkerBench(tenant);
        var launcher = new FakeScanLauncher();
        await using var worker = await bench.StartAsync(launcher: launcher, data: Path.Combine(disk.Folder, "data"));
        var record = await tenant.SubmitAsync(Hearings.Simple(), Cancel);
        var sentences = new HashSet<string>();
        for (var round = 0; round < 14; round++)
        {
            if (round == 4) tenant.Clock.JumpTo(Hearings.WindowStart.AddMinutes(1));
            if (round == 8)
            {
                foreach (var scan in launcher.Started) await scan.CompleteAsync(FakeScan.Telnet);
            }

            if (round == fullBefore) await SufferAsync(round);
            (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty($"round {round}");
        }

        var read = await tenant.ReadAsync(record, Cancel);
        return new Outcome(
            (string)read["ステータス"]!["value"]!,
            [.. bench.Recipients().SelectMany(address => bench.MailsTo(address).Select(name => $"{address} {bench.SubjectOf(address, name)}"))],
            (int)await tenant.As("analyst").Records.CountAsync(tenant.Apps.Finding, KintoneQuery.All, Cancel),
            [.. sentences],
            [.. (await worker.Get<Outbox>().OpenAsync(Cancel)).Select(static open => $"{open.Key} {open.Status} {open.Note}")],
            await worker.Get<AuditLog>().VerifyAsync(noted: null, Cancel));

        async Task SufferAsync(int round)
        {
            disk.Fill(blocksLeft);
            for (var without = 0; without < RoundsWithoutRoom; without++)
            {
                foreach (var (_, fault) in await worker.Round.RunOnceAsync(Cancel)) sentences.Add(FailureWords.Of(fault));
            }

            disk.MakeRoom();
            // What could not be done is tried again after a while; a scan that could not be started is first noted as such, and rests from then on.
            for (var after = 0; after < 2 * RoundsWithoutRoom; after++)
            {
                if (after % RoundsWithoutRoom == 0) tenant.Clock.Advance(TimeSpan.FromMinutes(11));
                (await worker.Round.RunOnceAsync(Cancel)).ShouldBeEmpty($"room again before round {round}");
            }
        }
    }
}
