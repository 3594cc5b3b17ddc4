using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Authorization;

public sealed class AuthorizationSignerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_signed_is_read_back()
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        var authorization = Authorizations.For("8.8.8.8") with { Fqdn = "dns.google", Exclusions = ["8.8.4.0/24"], ClockOffset = TimeSpan.FromDays(3), Sequence = 7, TcpPorts = "-" };

        var read = verifier.Verify(signer.Sign(authorization));

        read.Refusal.ShouldBeNull();
        Json.Write(read.Authorization).ShouldBe(Json.Write(authorization));
    }

    [Fact]
    public async Task Openssl_agrees_that_the_signature_holds()
    {
        // The truth comes from another implementation: RFC 7515 signs "header.payload" with SHA-256; ES256 is R and S side by side.
        using var signer = await SignerAsync();
        var parts = signer.Sign(Authorizations.For("8.8.8.8")).Split('.');
        var raw = System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]);
        raw.Length.ShouldBe(64);
        await File.WriteAllTextAsync(_folder.File("data"), parts[0] + "." + parts[1]);
        await File.WriteAllBytesAsync(_folder.File("sig"), Der(raw));

        var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-verify", _folder.File("key.pem.pub"), "-signature", _folder.File("sig"), _folder.File("data")])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await openssl.StandardOutput.ReadToEndAsync();
        await openssl.WaitForExitAsync();

        output.Trim().ShouldBe("Verified OK");
    }

    [Fact]
    public async Task The_private_key_is_for_its_owner_only_and_stays_the_same()
    {
        using var first = await SignerAsync();
        using var second = await SignerAsync();

        second.PublicKeyPem.ShouldBe(first.PublicKeyPem);
        File.GetUnixFileMode(_folder.File("key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await AuthorizationKeys.ReadPublicAsync(_folder.File("key.pem.pub"), CancellationToken.None)).Trim().ShouldBe(first.PublicKeyPem.Trim());
    }

    [Fact]
    public async Task A_key_that_others_may_read_is_refused()
    {
        (await SignerAsync()).Dispose();
        File.SetUnixFileMode(_folder.File("key.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var error = await Should.ThrowAsync<SigningKeyException>(SignerAsync());

        error.Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task Many_workers_that_start_at_once_share_one_key()
    {
        var signers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SignerAsync()));

        signers.Select(static signer => signer.PublicKeyPem).Distinct().Count().ShouldBe(1);
        foreach (var signer in signers) signer.Dispose();
    }

    [Fact]
    public async Task Another_workers_key_does_not_fit()
    {
        using var signer = await SignerAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var verifier = new AuthorizationVerifier(stranger.ExportSubjectPublicKeyInfoPem());

        verifier.Verify(signer.Sign(Authorizations.For("8.8.8.8"))).Refusal!.Word.ShouldBe("authorization-signature");
    }

    [Fact]
    public async Task A_changed_claim_breaks_the_signature()
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        var parts = signer.Sign(Authorizations.For("8.8.8.8")).Split('.');
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])).Replace("8.8.8.8", "9.9.9.9", StringComparison.Ordinal);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));

        verifier.Verify(string.Join('.', parts)).Refusal!.Word.ShouldBe("authorization-signature");
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"vulndiag-authorization+jws"}""")]
    [InlineData("""{"alg":"HS256","typ":"vulndiag-authorization+jws"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Another_algorithm_or_type_is_refused_before_its_payload_is_read(string header)
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        var parts = signer.Sign(Authorizations.For("8.8.8.8")).Split('.');
        parts[0] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));

        verifier.Verify(string.Join('.', parts)).Refusal!.Word.ShouldBe("authorization-unreadable");
    }

    [Fact]
    public async Task Any_text_is_refused_and_none_throws()
    {
        using var signer = await SignerAsync();
        using var verifier = new AuthorizationVerifier(signer.PublicKeyPem);
        var token = signer.Sign(Authorizations.For("8.8.8.8"));

        Gen.String.Sample(text => verifier.Verify(text).Authorization.ShouldBeNull());
        Gen.Select(Gen.Int[0, token.Length - 1], Gen.Char.AlphaNumeric).Sample(change =>
        {
            var changed = token[..change.Item1] + change.Item2 + token[(change.Item1 + 1)..];
            if (changed != token) verifier.Verify(changed).Authorization.ShouldBeNull();
        });
        Gen.Int[0, token.Length - 1].Sample(length => verifier.Verify(token[..length]).Authorization.ShouldBeNull());
    }

    private Task<AuthorizationSigner> SignerAsync() => AuthorizationSigner.OpenAsync(_folder.File("key.pem"), CancellationToken.None);

    /// <summary>R and S as an ASN.1 sequence of two integers, which OpenSSL reads (RFC 3279 section 2.2.3).</summary>
    private static byte[] Der(byte[] raw)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(TrimZeros(raw.AsSpan(0, 32)));
            writer.WriteIntegerUnsigned(TrimZeros(raw.AsSpan(32)));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> TrimZeros(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}
