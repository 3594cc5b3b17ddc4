using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Tests.Store;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-audit-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_that_nobody_touched_is_whole()
    {
        using var log = await WrittenAsync(5);
        (await log.VerifyAsync(null, Cancel)).ShouldSatisfyAllConditions(
            static report => report.Whole.ShouldBeTrue(),
            static report => report.Entries.ShouldBe(5));
    }

    [Fact]
    public async Task A_changed_word_is_found()
    {
        using var log = await WrittenAsync(5);
        await File.WriteAllTextAsync(log.File, (await File.ReadAllTextAsync(log.File, Cancel)).Replace("detail-3", "detail-X", StringComparison.Ordinal), Cancel);
        (await log.VerifyAsync(null, Cancel)).Fault!.ShouldContain("after entry 2 was changed");
    }

    [Fact]
    public async Task A_line_taken_out_is_found()
    {
        using var log = await WrittenAsync(5);
        var lines = await File.ReadAllLinesAsync(log.File, Cancel);
        await File.WriteAllLinesAsync(log.File, lines.Where(static (_, index) => index != 2), Cancel);
        (await log.VerifyAsync(null, Cancel)).Fault!.ShouldContain("after entry 2 does not continue");
    }

    [Fact]
    public async Task Lines_cut_off_at_the_end_are_found()
    {
        using var log = await WrittenAsync(5);
        var lines = await File.ReadAllLinesAsync(log.File, Cancel);
        await File.WriteAllLinesAsync(log.File, lines[..3], Cancel);
        (await log.VerifyAsync(null, Cancel)).Fault!.ShouldContain("cut off");
    }

    [Fact]
    public async Task A_log_rewritten_as_a_whole_does_not_hold_the_hash_that_was_noted_down()
    {
        using var log = await WrittenAsync(5);
        var noted = (await log.VerifyAsync(null, Cancel)).Head;
        (await log.VerifyAsync(noted, Cancel)).Whole.ShouldBeTrue();
        (await log.VerifyAsync(new string('a', 64), Cancel)).Whole.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_torn_tail_is_cut_off_by_the_next_entry_which_says_so()
    {
        using var log = await WrittenAsync(2);
        var whole = await File.ReadAllBytesAsync(log.File, Cancel);
        await log.WriteAsync("moved", "3", "detail-3", Cancel);
        var more = await File.ReadAllBytesAsync(log.File, Cancel);
        for (var length = whole.Length + 1; length < more.Length; length += 7)
        {
            await File.WriteAllBytesAsync(log.File, more[..length], Cancel);
            await log.WriteAsync("moved", "4", "again", Cancel);
            var report = await log.VerifyAsync(null, Cancel);
            report.ShouldSatisfyAllConditions(() => report.Whole.ShouldBeTrue(report.Fault), () => report.Entries.ShouldBe(4));
            (await File.ReadAllTextAsync(log.File, Cancel)).ShouldContain($"{length - whole.Length} bytes");
        }
    }

    [Fact]
    public async Task Two_writers_of_one_folder_make_one_chain()
    {
        using var first = await WrittenAsync(0);
        using var second = new AuditLog(await Database.OpenAsync(_folder, Cancel), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => (index % 2 == 0 ? first : second).WriteAsync("moved", "1", $"n{index}", Cancel)));
        (await first.VerifyAsync(null, Cancel)).ShouldSatisfyAllConditions(
            static report => report.Whole.ShouldBeTrue(),
            static report => report.Entries.ShouldBe(20));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<AuditLog> WrittenAsync(int entries)
    {
        var log = new AuditLog(await Database.OpenAsync(_folder, Cancel), TimeProvider.System);
        for (var entry = 1; entry <= entries; entry++) await log.WriteAsync("moved", $"{entry}", $"detail-{entry}", Cancel);
        return log;
    }
}
