using CsCheck;
using VulnDiag.Engine.Checks;
using VulnDiag.Engine.Ports;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checkpoint;

public sealed class CheckpointFileTests : IDisposable
{
    private static readonly ScanPlan Plan = new(ScanPlan.CurrentSchema, "192.0.2.10", null, "L1", "1-100", "");
    private static readonly CheckpointStart Start = new(Plan, Seed: 5, Started: Authorizations.Now);

    private static readonly CheckpointEntry[] Entries =
    [
        new() { Ports = new ResolvedPorts(Transport.Tcp, PortState.Closed, "1-21,23-50") },
        new() { Ports = new ResolvedPorts(Transport.Tcp, PortState.Open, "22") },
        new() { Ports = new ResolvedPorts(Transport.Udp, PortState.Filtered, "161") },
        new() { Examined = new ExaminedPort(new PortResult { Protocol = Transport.Tcp, Port = 22, State = "open", Service = "ssh", Confidence = 95 }, []) },
        new() { Judged = new JudgedCheck("telnet-exposed", Transport.Tcp, 23, CheckVerdict.Negative, "", 0, null) },
        new() { Mark = new IdentityMark(22, "banner", "SSH-2.0-x") },
        new() { Stop = new ScanStop(Authorizations.Now, "window-closed: x") },
        new() { Packets = new PacketCount(120, 60) },
    ];

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("r.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_there_after_opening_again()
    {
        await WriteAsync();

        await using var again = await OpenAsync();

        again.Resumed.ShouldBeTrue();
        again.Dropped.ShouldBeNull();
        Json.Write(again.State.Compact().ToList()).ShouldBe(Json.Write(Sum(Entries).Compact().ToList()));
    }

    [Fact]
    public async Task Cut_at_any_byte_it_reads_the_whole_lines_before_the_cut()
    {
        await WriteAsync();
        var whole = await File.ReadAllBytesAsync(Path);

        await Gen.Int[0, whole.Length].SampleAsync(
            async cut =>
            {
                await File.WriteAllBytesAsync(Path, whole[..cut]);
                var lines = whole[..cut].Count(static value => value == (byte)'\n');
                var (state, dropped) = await CheckpointFile.ReadAsync(Path, CancellationToken.None);
                (state is null).ShouldBe(lines == 0);
                (dropped is not null).ShouldBe(cut > 0 && whole[cut - 1] != (byte)'\n');
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task Any_bytes_at_the_end_drop_nothing_before_them()
    {
        await WriteAsync();
        var whole = await File.ReadAllBytesAsync(Path);

        await Gen.Byte.Array[1, 60].SampleAsync(
            async tail =>
            {
                await File.WriteAllBytesAsync(Path, [.. whole, .. tail]);
                var (state, _) = await CheckpointFile.ReadAsync(Path, CancellationToken.None);
                state!.Tcp[22].ShouldBe(PortState.Open);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task Another_scans_checkpoint_is_refused_and_left_alone()
    {
        await WriteAsync();
        var before = await File.ReadAllTextAsync(Path);

        var (file, refusal) = await CheckpointFile.OpenAsync(Path, Start with { Plan = Plan with { TcpPorts = "1-10" } }, TimeProvider.System, CancellationToken.None);

        file.ShouldBeNull();
        refusal!.Word.ShouldBe("checkpoint-of-another-scan");
        (await File.ReadAllTextAsync(Path)).ShouldBe(before);
    }

    [Fact]
    public async Task The_first_runs_seed_and_start_hold()
    {
        await WriteAsync();

        var (file, _) = await CheckpointFile.OpenAsync(Path, Start with { Seed = 99, Started = Authorizations.Now.AddDays(1) }, TimeProvider.System, CancellationToken.None);

        await using var opened = file!;
        opened.State.Start.ShouldBe(Start);
    }

    [Fact]
    public async Task A_checkpoint_of_an_older_form_begins_anew_and_says_so()
    {
        await File.WriteAllTextAsync(Path, """{"start":{"plan":{"schema":"vulndiag-checkpoint/0"},"seed":1}}""" + "\n");

        await using var opened = await OpenAsync();

        opened.Resumed.ShouldBeFalse();
        opened.Dropped.ShouldNotBeNull();
    }

    private async Task WriteAsync()
    {
        await using var file = await OpenAsync();
        foreach (var entry in Entries) await file.AppendAsync([entry], CancellationToken.None);
    }

    private async Task<CheckpointFile> OpenAsync()
    {
        var (file, _) = await CheckpointFile.OpenAsync(Path, Start, TimeProvider.System, CancellationToken.None);
        return file.ShouldNotBeNull();
    }

    private static ScanCheckpoint Sum(IEnumerable<CheckpointEntry> entries)
    {
        var state = new ScanCheckpoint(Start);
        foreach (var entry in entries) state.Apply(entry);
        return state;
    }
}
