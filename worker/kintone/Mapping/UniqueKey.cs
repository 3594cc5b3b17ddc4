using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Kintone.Mapping;

/// <summary>Fits a readable key of any length into a unique text field, which holds at most 64 characters.</summary>
internal static class UniqueKey
{
    /// <summary>SHA-256 in lower-case hexadecimal: 64 characters.</summary>
    internal static string Of(string readable) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(readable)));
}
