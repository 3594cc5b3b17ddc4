using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>What must not be guessed.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>A new one: 256 random bits, fit for a cookie and a form.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash under which one is kept. They are long and random: no salt is needed.</summary>
    public static string HashOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares without telling by time how far they agree.</summary>
    public static bool Same(string given, string expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
