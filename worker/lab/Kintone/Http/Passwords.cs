using System.Security.Cryptography;
using System.Text;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Hashes of passwords and tokens, so that the data folder holds neither in the clear.</summary>
internal static class Passwords
{
    // Few rounds: the lab's accounts live on loopback, and kintone's clients send the password with every request.
    private const int Rounds = 2_000;
    private const int HashBytes = 32;

    /// <summary>A new user's salt and hash.</summary>
    public static (string Salt, string Hash) Protect(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return (Convert.ToBase64String(salt), Convert.ToBase64String(Derive(password, salt)));
    }

    /// <summary>Whether the password is the user's.</summary>
    public static bool Fits(UserDocument user, string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(user.Salt)), Convert.FromBase64String(user.PasswordHash));

    /// <summary>A new API token: 40 letters and digits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);

    /// <summary>The hash under which a token is kept. Tokens are long and random: no salt is needed.</summary>
    public static string TokenHash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static byte[] Derive(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashBytes);
}
