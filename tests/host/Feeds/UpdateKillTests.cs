using System.Diagnostics;
using System.Globalization;
using System.Text;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.Worker.Tests.Feeds;

/// <summary>kill -9 on a real <c>vulndb update</c>, at moments told by how much of the feed it has read: whoever reads sees all of the old data or all of the new, and the next update works.</summary>
public sealed class UpdateKillTests : IDisposable
{
    private const int Records = 12_000;
    private const string OldEnd = "1.4";
    private const string NewEnd = "1.1";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker");
    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-update-kill-").FullName;

    private string Database => Path.Combine(_folder, "vulndb.sqlite");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_update_that_is_killed_leaves_the_old_data_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "How much a process has read is told by /proc.");
        DatabaseUpdate.Run(Feeds("old", OldEnd, "2026-01-01"), Database, TimeProvider.System, CancellationToken.None);
        var (feeds, length) = (Feeds("new", NewEnd, "2026-02-01"), new FileInfo(Path.Combine(_folder, "new", "nvd.json")).Length);
        using var reader = VulnDatabase.Open(Database);

        foreach (var share in new[] { 0.1, 0.5, 0.9, 1.0 })
        {
            await KillAsync(feeds, (long)(share * length));
            // Who kills near the end may be too late: then it is all new.
            var told = Told(reader);
            told.ShouldBeOneOf(share < 0.9 ? [Records] : [Records, 0]);
            using var another = VulnDatabase.Open(Database);
            Told(another).ShouldBe(told);
        }

        DatabaseUpdate.Run(feeds, Database, TimeProvider.System, CancellationToken.None).ShouldHaveSingleItem().Records.ShouldBe(Records);
        Told(reader).ShouldBe(0);
    }

    [Fact]
    public async Task A_first_load_that_is_killed_leaves_no_database_and_the_next_one_works()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "How much a process has read is told by /proc.");
        var feeds = Feeds("old", OldEnd, "2026-01-01");
        await KillAsync(feeds, new FileInfo(Path.Combine(feeds, "nvd.json")).Length / 2);
        File.Exists(Database).ShouldBeFalse();

        DatabaseUpdate.Run(feeds, Database, TimeProvider.System, CancellationToken.None);

        using var reader = VulnDatabase.Open(Database);
        Told(reader).ShouldBe(Records);
    }

    /// <summary>Starts an update and ends it as kill -9 does once it has read so many bytes of its feed, or when it is through before.</summary>
    private async Task KillAsync(string feeds, long bytes)
    {
        using var update = Process.Start(new ProcessStartInfo(Program, ["vulndb", "update", "--from", feeds, "--database", Database]) { RedirectStandardOutput = true })!;
        long? before = null;
        while (!update.HasExited && (before is null || BytesRead(update) - before < bytes))
        {
            if (before is null && HasOpen(update, Path.Combine(feeds, "nvd.json"))) before = BytesRead(update);
            await Task.Yield();
        }

        if (!update.HasExited) update.Kill();
        await update.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static bool HasOpen(Process process, string file)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process.Id}/fd").Any(each => new FileInfo(each).LinkTarget == file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long BytesRead(Process process)
    {
        const string Read = "rchar: ";
        try
        {
            return long.Parse(File.ReadLines($"/proc/{process.Id}/io").First(static line => line.StartsWith(Read, StringComparison.Ordinal))[Read.Length..], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return long.MaxValue;
        }
    }

    private static int Told(VulnDatabase database) =>
        database.Match(new MatchQuery { Product = CpeName.Parse("cpe:2.3:a:example:server:1.2:*:*:*:*:*:*:*")! }).Matches.Count;

    private string Feeds(string name, string end, string modified)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        var text = new StringBuilder("{\"format\":\"NVD_CVE\",\"vulnerabilities\":[");
        for (var number = 0; number < Records; number++)
        {
            text.Append(number == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""
                {"cve":{"id":"CVE-1999-{{{90_000 + number}}}","vulnStatus":"Analyzed","lastModified":"{{{modified}}}T00:00:00.000","descriptions":[{"lang":"en","value":"{{{new string('x', 400)}}}"}],
                 "configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:example:server:*:*:*:*:*:*:*:*","versionEndExcluding":"{{{end}}}"}]}]}]}}
                """);
        }

        File.WriteAllText(Path.Combine(folder, "nvd.json"), text.Append("]}").ToString());
        return folder;
    }
}
