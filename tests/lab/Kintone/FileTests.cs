using System.Net;
using System.Security.Cryptography;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

public sealed class FileTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    private static readonly object Fields = new Dictionary<string, object> { ["files"] = new { type = "FILE" } };

    [Fact]
    public async Task An_upload_attaches_once_under_another_key_and_comes_back_byte_for_byte()
    {
        var app = await kintone.App(Fields);
        var content = new byte[3_000_000];
        new Random(7).NextBytes(content);
        var upload = await kintone.Admin.Upload("報告書 1.pdf", content, "application/pdf");
        var id = await kintone.AddRecord(app, kintone.Admin, ("files", Keys(upload)));
        var file = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["files"]!["value"]![0]!;
        ((string)file["name"]!).ShouldBe("報告書 1.pdf");
        ((string)file["contentType"]!).ShouldBe("application/pdf");
        ((string)file["size"]!).ShouldBe("3000000");
        ((string)file["fileKey"]!).ShouldNotBe(upload);

        using var download = await kintone.Admin.Download((string)file["fileKey"]!);
        download.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await download.Content.ReadAsByteArrayAsync()).ShouldBe(content);
        (await kintone.Admin.Send(HttpMethod.Get, "file.json?fileKey=" + upload, null)).Code.ShouldBe("GAIA_BL01");
        (await kintone.Admin.Post("record", new { app, record = Values(("files", Keys(upload))) })).Code.ShouldBe("GAIA_BL01");
    }

    [Fact]
    public async Task A_hundred_megabytes_go_up_and_down_byte_for_byte_and_are_never_held_in_memory()
    {
        const int Size = 100 * 1024 * 1024;
        const int MostHeld = 50 * 1024 * 1024;
        var app = await kintone.App(Fields);
        // Server and client share this process, so that the bound holds for both.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = 0L;
        var upload = await kintone.Admin.Upload("large.bin", new NoiseStream(Size, Weigh));
        var id = await kintone.AddRecord(app, kintone.Admin, ("files", Keys(upload)));
        var file = Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["files"]!["value"]![0]!;
        ((string)file["size"]!).ShouldBe(Size.ToString(System.Globalization.CultureInfo.InvariantCulture));

        using var download = await kintone.Admin.Download((string)file["fileKey"]!, HttpCompletionOption.ResponseHeadersRead);
        await using var content = await download.Content.ReadAsStreamAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var (read, total) = (await content.ReadAsync(buffer), 0L); read > 0; read = await content.ReadAsync(buffer))
        {
            hash.AppendData(buffer, 0, read);
            if ((total + read) / NoiseStream.Step > total / NoiseStream.Step) Weigh();
            total += read;
        }

        hash.GetHashAndReset().ShouldBe(await SHA256.HashDataAsync(new NoiseStream(Size, static () => { })));
        held.ShouldBeLessThan(MostHeld);

        void Weigh() => held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    [Fact]
    public async Task What_an_update_does_not_name_is_removed()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("files", Keys(await kintone.Admin.Upload("one", [1]), await kintone.Admin.Upload("two", [2]))));
        var before = await FileKeys(app, id);
        Ok(await kintone.Admin.Put("record", new { app, id, record = Values(("files", Keys(before[1], await kintone.Admin.Upload("three", [3])))) }));
        var after = await FileKeys(app, id);
        after.Count.ShouldBe(2);
        after[0].ShouldBe(before[1]);
        using var gone = await kintone.Admin.Download(before[0]);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_failed_update_leaves_the_upload_to_be_used_again()
    {
        var app = await kintone.App(Fields);
        var upload = await kintone.Admin.Upload("one", [1]);
        (await kintone.Admin.Put("records", new { app, records = new object[] { new { id = 999, record = Values(("files", Keys(upload))) } } })).Code.ShouldBe("GAIA_RE01");
        (await kintone.Admin.Post("records", new { app, records = new[] { Values(("files", Keys(upload))), Values(("files", Keys("nothing"))) } })).Code.ShouldBe("GAIA_BL01");
        await kintone.AddRecord(app, kintone.Admin, ("files", Keys(upload)));
    }

    [Fact]
    public async Task An_upload_waits_three_days()
    {
        await using var own = new KintoneFixture();
        await own.InitializeAsync();
        var app = await own.App(Fields);
        var (early, late) = (await own.Admin.Upload("one", [1]), await own.Admin.Upload("two", [2]));
        own.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        await own.AddRecord(app, own.Admin, ("files", Keys(early)));
        own.Time.Advance(TimeSpan.FromSeconds(1));
        (await own.Admin.Post("record", new { app, record = Values(("files", Keys(late))) })).Code.ShouldBe("GAIA_BL01");
    }

    [Fact]
    public async Task Another_records_file_cannot_be_taken()
    {
        var app = await kintone.App(Fields);
        var id = await kintone.AddRecord(app, kintone.Admin, ("files", Keys(await kintone.Admin.Upload("one", [1]))));
        var key = (await FileKeys(app, id))[0];
        (await kintone.Admin.Post("record", new { app, record = Values(("files", Keys(key))) })).Code.ShouldBe("GAIA_BL01");
    }

    [Fact]
    public async Task An_upload_without_a_file_part_is_refused()
    {
        (await kintone.Admin.Send(HttpMethod.Post, "file.json", new { file = "x" })).Errors("file").ShouldNotBeEmpty();
    }

    private static object[] Keys(params string[] keys) => [.. keys.Select(fileKey => new { fileKey })];

    private async Task<List<string>> FileKeys(long app, long id) =>
        [.. Ok(await kintone.Admin.Get("record", $"app={app}&id={id}")).Body["record"]!["files"]!["value"]!.Select(file => (string)file["fileKey"]!)];
}
