using System.Text;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>What is on disk when an answer arrives is what a kill at that moment would leave.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_kill()
    {
        var data = Path.Combine(_folder.FullName, "data");
        var killed = Path.Combine(_folder.FullName, "killed");
        long app, id;
        string token;
        await using (var emulator = await Start(data))
        {
            using var admin = new KintoneSession(emulator.Uri, "admin");
            app = (long)Ok(await admin.Post("preview/app", new { name = "kept" })).Body["app"]!;
            Ok(await admin.Post("preview/app/form/fields", new { app, properties = new { name = new { type = "SINGLE_LINE_TEXT" }, files = new { type = "FILE" } } }));
            Ok(await admin.Post("preview/app/deploy", new { apps = new[] { new { app } } }));
            Ok(await admin.Get("preview/app/deploy", $"apps[0]={app}"));
            var upload = await admin.Upload("a.txt", Encoding.UTF8.GetBytes("content"));
            id = (long)Ok(await admin.Post("record", new { app, record = Values(("name", "first"), ("files", new[] { new { fileKey = upload } })) })).Body["id"]!;
            Ok(await admin.Put("record", new { app, id, record = Values(("name", "second")) }));
            Ok(await admin.Post("record/comment", new { app, record = id, comment = new { text = "said" } }));
            token = await emulator.Admin.AddTokenAsync(app, ApiTokenRights.View, CancellationToken.None);
            Copy(data, killed);
        }

        await using var again = await Start(killed);
        using var reader = new KintoneSession(again.Uri, "admin");
        var record = Ok(await reader.Get("record", $"app={app}&id={id}")).Body["record"]!;
        ((string)record["name"]!["value"]!).ShouldBe("second");
        ((string)record["$revision"]!["value"]!).ShouldBe("2");
        using var file = await reader.Download((string)record["files"]!["value"]![0]!["fileKey"]!);
        (await file.Content.ReadAsStringAsync()).ShouldBe("content");
        ((string)Ok(await reader.Get("record/comments", $"app={app}&record={id}")).Body["comments"]![0]!["text"]!).ShouldBe("said ");
        ((long)Ok(await reader.Post("record", new { app, record = Values() })).Body["id"]!).ShouldBe(id + 1);
        using var byToken = new KintoneSession(again.Uri, null);
        byToken.Headers["X-Cybozu-API-Token"] = token;
        (await byToken.Ids(app, "")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_made_by_another_process_works_at_once()
    {
        var data = Path.Combine(_folder.FullName, "data");
        await using var emulator = await Start(data);
        using var admin = new KintoneSession(emulator.Uri, "admin");
        var app = (long)Ok(await admin.Post("preview/app", new { name = "x" })).Body["app"]!;
        Ok(await admin.Post("preview/app/deploy", new { apps = new[] { new { app } } }));
        Ok(await admin.Get("preview/app/deploy", $"apps[0]={app}"));

        var made = await EmulatorAdmin.AddTokenToFolderAsync(data, app, ApiTokenRights.View, CancellationToken.None);
        using var byToken = new KintoneSession(emulator.Uri, null);
        byToken.Headers["X-Cybozu-API-Token"] = made;
        (await byToken.Ids(app, "")).ShouldBeEmpty();
    }

    private static Task<KintoneEmulator> Start(string folder) => KintoneEmulator.StartAsync(
        new KintoneEmulatorOptions { DataFolder = folder, DeploymentDuration = TimeSpan.Zero, Users = [new EmulatorUser("admin", "admin") { Administrator = true }] },
        CancellationToken.None);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var read = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var write = File.Create(target);
            read.CopyTo(write);
        }
    }
}
