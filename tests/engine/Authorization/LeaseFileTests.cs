using Microsoft.Extensions.Time.Testing;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Authorization;

public sealed class LeaseFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Authorizations.Now);

    private string Path => _folder.File("authorization.jws");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_renewal_is_taken_when_its_sequence_has_grown()
    {
        using var signer = await SignerAsync();
        var lease = await OpenAsync(signer, Authorizations.For("8.8.8.8"));
        await WriteAsync(signer, Authorizations.For("8.8.8.8") with { Sequence = 1, LeaseExpires = Authorizations.Now.AddMinutes(9) });

        (await RefreshAsync(lease)).LeaseExpires.ShouldBe(Authorizations.Now.AddMinutes(9));
    }

    [Fact]
    public async Task An_old_lease_put_back_is_not_taken()
    {
        using var signer = await SignerAsync();
        var lease = await OpenAsync(signer, Authorizations.For("8.8.8.8") with { Sequence = 5 });
        await WriteAsync(signer, Authorizations.For("8.8.8.8") with { Sequence = 4, LeaseExpires = Authorizations.Now.AddYears(1) });

        (await RefreshAsync(lease)).Sequence.ShouldBe(5);
        lease.LastRefusal!.Word.ShouldBe("authorization-old");
    }

    [Fact]
    public async Task A_lease_for_another_address_is_not_taken()
    {
        using var signer = await SignerAsync();
        var lease = await OpenAsync(signer, Authorizations.For("8.8.8.8"));
        await WriteAsync(signer, Authorizations.For("9.9.9.9") with { Sequence = 9 });

        (await RefreshAsync(lease)).Address.ShouldBe("8.8.8.8");
        lease.LastRefusal!.Word.ShouldBe("authorization-other");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    public async Task A_text_that_is_no_lease_changes_nothing(string text)
    {
        using var signer = await SignerAsync();
        var lease = await OpenAsync(signer, Authorizations.For("8.8.8.8"));
        await File.WriteAllTextAsync(Path, text);

        (await RefreshAsync(lease)).Sequence.ShouldBe(0);
        lease.LastRefusal!.Word.ShouldBe("authorization-unreadable");
    }

    [Fact]
    public async Task A_lease_whose_file_is_gone_runs_on_to_its_end()
    {
        using var signer = await SignerAsync();
        var lease = await OpenAsync(signer, Authorizations.For("8.8.8.8"));
        File.Delete(Path);

        (await RefreshAsync(lease)).LeaseExpires.ShouldBe(Authorizations.Now.AddMinutes(5));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_refusal()
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);

        (await LeaseFile.OpenAsync(_folder.File("nothing"), verifier, _time, CancellationToken.None)).Refusal!.Word.ShouldBe("authorization-unreadable");
    }

    [Fact]
    public async Task A_renewal_is_never_seen_half_written()
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        await WriteAsync(signer, Authorizations.For("8.8.8.8"));
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i <= 200; i++) await WriteAsync(signer, Authorizations.For("8.8.8.8") with { Sequence = i });
        });
        while (!writing.IsCompleted) verifier.Verify(await File.ReadAllTextAsync(Path)).Refusal.ShouldBeNull();
        await writing;
    }

    private Task<AuthorizationSigner> SignerAsync() => AuthorizationSigner.OpenAsync(_folder.File("key.pem"), CancellationToken.None);

    private Task WriteAsync(AuthorizationSigner signer, ScanAuthorization authorization) =>
        LeaseFile.WriteAsync(Path, signer.Sign(authorization), CancellationToken.None);

    private async Task<LeaseFile> OpenAsync(AuthorizationSigner signer, ScanAuthorization authorization)
    {
        await WriteAsync(signer, authorization);
        var opened = await LeaseFile.OpenAsync(Path, new AuthorizationVerifier(signer.PublicKeyPem), _time, CancellationToken.None);
        return opened.Lease.ShouldNotBeNull();
    }

    private async Task<ScanAuthorization> RefreshAsync(LeaseFile lease)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return await lease.RefreshAsync(CancellationToken.None);
    }
}
