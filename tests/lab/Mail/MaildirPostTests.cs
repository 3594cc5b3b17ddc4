using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Lab.Mail;

public sealed class MaildirPostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly MaildirPost _post;

    public MaildirPostTests() => _post = new MaildirPost(_folder.FullName, _time);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_message_comes_out_byte_for_byte()
    {
        await Gen.Byte.Array[0, 3000].SampleAsync(async bytes =>
        {
            var entry = await _post.DeliverAsync("Tanaka@Vendor.example", bytes, CancellationToken.None);
            (await _post.ReadAsync(entry, CancellationToken.None)).ShouldBe(bytes);
        }, iter: 20);
        _post.Addresses.ShouldBe(["tanaka@vendor.example"]);
    }

    [Fact]
    public async Task Messages_are_listed_oldest_first_and_move_when_read()
    {
        foreach (var text in new[] { "one", "two", "three" })
        {
            await _post.DeliverAsync("a@example.jp", Encoding.UTF8.GetBytes(text), CancellationToken.None);
            if (text == "one") _time.Advance(TimeSpan.FromSeconds(1));
        }

        var read = _post.MarkRead(_post.ListNew("a@example.jp")[0]);
        read.IsNew.ShouldBeFalse();
        read.Path.ShouldEndWith(":2,S");
        Directory.GetParent(read.Path)!.Name.ShouldBe("cur");
        (await Texts(_post.ListNew("a@example.jp"))).ShouldBe(["two", "three"]);
        (await Texts(_post.ListAll("a@example.jp"))).ShouldBe(["one", "two", "three"]);
        Should.Throw<IOException>(() => _post.MarkRead(read with { Path = read.Path.Replace("cur", "new", StringComparison.Ordinal), IsNew = true }));
    }

    [Fact]
    public void An_address_without_a_folder_has_no_mail() => _post.ListAll("nobody@example.jp").ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("a/b@example.jp")]
    [InlineData("a\0b")]
    public async Task An_address_cannot_lead_out_of_the_root(string address) =>
        await Should.ThrowAsync<ArgumentException>(_post.DeliverAsync(address, new byte[1], CancellationToken.None));

    [Fact]
    public async Task A_cancelled_delivery_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(_post.DeliverAsync("a@example.jp", new byte[1], cancelled.Token));
        _folder.EnumerateFiles("*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private async Task<List<string>> Texts(IReadOnlyList<MaildirEntry> entries)
    {
        var texts = new List<string>();
        foreach (var entry in entries) texts.Add(Encoding.UTF8.GetString(await _post.ReadAsync(entry, CancellationToken.None)));
        return texts;
    }
}
