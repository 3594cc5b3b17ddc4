using System.Security.Cryptography;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Files;

/// <summary>The two kinds of file keys and how long an upload waits. Source: kintone, "ファイルをアップロードする", "ファイルをダウンロードする".</summary>
internal static class UploadRules
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Whether an upload was left unattached for too long.</summary>
    public static bool IsExpired(UploadDocument upload, DateTimeOffset now) => now - upload.At >= Lifetime;

    /// <summary>A new upload key: a UUID.</summary>
    public static string NewUploadKey() => Guid.NewGuid().ToString("D");

    /// <summary>A new record key: long, and not to be guessed.</summary>
    public static string NewRecordKey() => Convert.ToHexString(RandomNumberGenerator.GetBytes(48));
}
