using System.Net;
using System.Security.Cryptography;
using Jose;
using Newtonsoft.Json;
using VulnDiag.Model;
using Base64Url = System.Buffers.Text.Base64Url;

namespace VulnDiag.Engine.Authorization;

/// <summary>An authorisation whose signature holds, or why there is none.</summary>
/// <param name="Authorization">Set when the signature and the shape hold.</param>
/// <param name="Refusal">Set otherwise.</param>
public sealed record VerifiedAuthorization(ScanAuthorization? Authorization, Refusal? Refusal);

/// <summary>Reads authorisations by the public key alone. Any text gives a value, never an exception.</summary>
/// <remarks>Thread-safe. It judges signature and shape; whether a packet may leave now is <see cref="AuthorizationTerms"/>' question.</remarks>
public sealed class AuthorizationVerifier : IDisposable
{
    private const int MaxTokenLength = 256 * 1024;

    private readonly ECDsa _key;
    private readonly Lock _verifying = new();

    /// <summary>Opens the public key.</summary>
    /// <exception cref="SigningKeyException">The text is no public key.</exception>
    public AuthorizationVerifier(string publicKeyPem)
    {
        _key = ECDsa.Create();
        try
        {
            _key.ImportFromPem(publicKeyPem);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            _key.Dispose();
            throw new SigningKeyException($"This is no public key in PEM: {error.Message}", error);
        }
    }

    /// <summary>Reads one token.</summary>
    public VerifiedAuthorization Verify(string token)
    {
        var text = token.Trim();
        if (text.Length is 0 or > MaxTokenLength) return Refused("The file holds no authorisation.");
        if (!IsOurs(text)) return Refused("It is no authorisation, or one signed for another purpose.");
        try
        {
            return CheckShape(Json.Read<ScanAuthorization>(Decode(text)));
        }
        catch (Exception error) when (error is JoseException or CryptographicException or FormatException or ArgumentException)
        {
            return new(null, new Refusal("authorization-signature", "The authorisation's signature does not fit the public key: it was changed, or signed by another worker."));
        }
        catch (JsonException)
        {
            return Refused("It is not in the form that this version reads.");
        }
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _key.Dispose();

    private string Decode(string text)
    {
        lock (_verifying)
        {
            return JWT.Decode(text, _key, JwsAlgorithm.ES256);
        }
    }

    /// <summary>Reads the protected header before anything else: three parts, our type, our algorithm.</summary>
    private static bool IsOurs(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3 || !parts.All(static part => part.Length > 0 && Base64Url.IsValid(part))) return false;
        try
        {
            var header = Json.ReadObject(Json.Utf8.GetString(Base64Url.DecodeFromChars(parts[0])));
            return (string?)header["typ"] == AuthorizationSigner.TokenType && (string?)header["alg"] == "ES256";
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static VerifiedAuthorization CheckShape(ScanAuthorization read)
    {
        if (read.Schema != ScanAuthorization.CurrentSchema) return Refused($"Its form is '{read.Schema}', this version reads '{ScanAuthorization.CurrentSchema}'.");
        if (!IPAddress.TryParse(read.Address, out _)) return Refused("Its address is no IP address.");
        if (read.Windows.Count == 0) return Refused("It names no window.");
        if (read.Budget is not { PerHost: > 0, Overall: > 0, Ceiling: > 0 }) return Refused("Its packet budget is not positive.");
        var unreadable = read.Exclusions.Concat(read.AllowedLabRanges).FirstOrDefault(static range => AddressRange.TryParse(range) is null);
        return unreadable is null ? new(read, null) : Refused($"'{unreadable}' is neither an address nor a range.");
    }

    private static VerifiedAuthorization Refused(string words) => new(null, new Refusal("authorization-unreadable", words));
}
