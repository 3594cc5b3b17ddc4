using System.Security.Cryptography;
using Jose;
using VulnDiag.Model;

namespace VulnDiag.Engine.Authorization;

/// <summary>Signs authorisations as compact JWS with ES256. Stays with the worker; the engine only ever holds the public key.</summary>
/// <remarks>Thread-safe. Source: RFC 7515 (JWS), RFC 7518 section 3.4 (ES256).</remarks>
public sealed class AuthorizationSigner : IDisposable
{
    /// <summary>The JWS header's <c>typ</c>: no other token can pass for an authorisation.</summary>
    internal const string TokenType = "vulndiag-authorization+jws";

    private readonly ECDsa _key;
    private readonly Lock _signing = new();

    private AuthorizationSigner(ECDsa key) => _key = key;

    /// <summary>The public key for <see cref="AuthorizationVerifier"/>.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Opens the key pair, made on first use.</summary>
    /// <exception cref="SigningKeyException">The key file cannot be used.</exception>
    public static async Task<AuthorizationSigner> OpenAsync(string keyFile, CancellationToken cancellationToken) =>
        new(await AuthorizationKeys.OpenPrivateAsync(keyFile, cancellationToken));

    /// <summary>Signs one authorisation or renewal.</summary>
    public string Sign(ScanAuthorization authorization)
    {
        lock (_signing)
        {
            return JWT.Encode(Json.Write(authorization), _key, JwsAlgorithm.ES256, new Dictionary<string, object> { ["typ"] = TokenType });
        }
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _key.Dispose();
}
