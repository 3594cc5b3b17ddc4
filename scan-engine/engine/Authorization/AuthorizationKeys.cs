using System.Security.Cryptography;

namespace VulnDiag.Engine.Authorization;

/// <summary>The key file cannot be used; the message says what to do.</summary>
public sealed class SigningKeyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The pair of keys on disk: the private one for its owner only, the public one beside it with the ending <c>.pub</c>.</summary>
public static class AuthorizationKeys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersMayReadOrWrite =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Where the public key lies.</summary>
    public static string PublicKeyFile(string keyFile) => keyFile + ".pub";

    /// <summary>Opens the private key, made on first use (P-256, mode 0600).</summary>
    /// <exception cref="SigningKeyException">It cannot be read or made, or others may read it.</exception>
    public static async Task<ECDsa> OpenPrivateAsync(string keyFile, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(keyFile)) await CreateAsync(keyFile, cancellationToken);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyFile) & OthersMayReadOrWrite) != 0)
                throw new SigningKeyException($"Others than its owner may read or write the signing key {keyFile}: chmod 600 it, or replace it if they may have.");
            var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(keyFile, cancellationToken));
            await EnsurePublicAsync(keyFile, key, cancellationToken);
            return key;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new SigningKeyException($"The signing key {keyFile} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Reads the public key's text.</summary>
    /// <exception cref="SigningKeyException">It is not there or cannot be read.</exception>
    public static async Task<string> ReadPublicAsync(string publicKeyFile, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(publicKeyFile, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException($"The public key {publicKeyFile} cannot be read: {error.Message} It is made with the first authorisation.", error);
        }
    }

    private static async Task CreateAsync(string keyFile, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(keyFile);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var aside = $"{full}.{Guid.NewGuid():n}";
        await WriteAsync(aside, key.ExportPkcs8PrivateKeyPem() + "\n", OwnerOnly, cancellationToken);
        try
        {
            File.Move(aside, full, overwrite: false);
        }
        catch (IOException) when (File.Exists(full))
        {
            // Another process made the key first: theirs holds.
            File.Delete(aside);
        }
    }

    private static async Task EnsurePublicAsync(string keyFile, ECDsa key, CancellationToken cancellationToken)
    {
        var text = key.ExportSubjectPublicKeyInfoPem() + "\n";
        var file = PublicKeyFile(keyFile);
        if (File.Exists(file) && await File.ReadAllTextAsync(file, cancellationToken) == text) return;
        var aside = $"{file}.{Guid.NewGuid():n}";
        await WriteAsync(aside, text, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead, cancellationToken);
        File.Move(aside, file, overwrite: true);
    }

    private static async Task WriteAsync(string path, string text, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), cancellationToken);
        stream.Flush(flushToDisk: true);
    }
}
