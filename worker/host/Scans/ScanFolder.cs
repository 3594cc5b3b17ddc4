using System.Security.Cryptography;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;

namespace VulnDiag.Worker.Scans;

/// <summary>
/// Where the files of one scan lie. Its name covers the address too: a line whose address changed starts afresh and never goes on
/// from another host's checkpoint.
/// </summary>
internal sealed class ScanFolder
{
    internal ScanFolder(string dataFolder, ScanId id, LineTarget target)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Json.Utf8.GetBytes($"{id.Line}\n{target.Address}\n{target.Fqdn}")))[..16];
        Path = System.IO.Path.Combine(dataFolder, "scans", id.Engagement.ToString(), name);
    }

    /// <summary>The folder of a scan that was started earlier.</summary>
    internal ScanFolder(string path) => Path = path;

    internal string Path { get; }

    internal const string ResultName = "result.json";

    /// <summary>The lease, renewed by replacing the file.</summary>
    internal string AuthorizationFile => System.IO.Path.Combine(Path, "authorization.jws");

    /// <summary>RESULT.json; checkpoint and packet log lie beside it.</summary>
    internal string ResultFile => System.IO.Path.Combine(Path, ResultName);

    /// <summary>When the result was last written; null before the first.</summary>
    internal DateTimeOffset? ResultWritten => File.Exists(ResultFile) ? new DateTimeOffset(File.GetLastWriteTimeUtc(ResultFile)) : null;

    internal void Create() => Directory.CreateDirectory(Path);
}
