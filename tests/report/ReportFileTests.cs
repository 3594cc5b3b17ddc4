using System.Text;

namespace VulnDiag.Report;

public sealed class ReportFileTests : IDisposable
{
    private static readonly ReportFile File1 = new("a.pdf", Encoding.UTF8.GetBytes("abc"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vulndiag-report-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_hash_is_of_the_bytes_themselves() =>
        File1.Sha256.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public async Task A_file_is_written_whole_and_replaces_the_one_before()
    {
        var path = Path.Combine(folder.FullName, "out.pdf");
        await File.WriteAllTextAsync(path, "before", TestContext.Current.CancellationToken);

        await File1.WriteAsync(path, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("abc");
        folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_behind()
    {
        var path = Path.Combine(folder.FullName, "taken");
        Directory.CreateDirectory(path);

        await Should.ThrowAsync<Exception>(() => File1.WriteAsync(path, TestContext.Current.CancellationToken));

        folder.GetFiles("*", SearchOption.AllDirectories).ShouldBeEmpty();
    }
}
