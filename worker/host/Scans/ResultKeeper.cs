using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Scans;

/// <summary>Attaches the results of scans that ended to their records (診断結果データ): a file per line, its name carrying the hash of its content.</summary>
internal sealed class ResultKeeper(EngagementRunner runner, EngagementStore records, ScanStore scans, AuditLog audit, KillPoints kill, ILogger<ResultKeeper> log)
{
    internal async Task AttachAsync(CancellationToken cancellationToken)
    {
        foreach (var (engagement, line, folder) in await scans.UnsavedAsync(cancellationToken))
        {
            var file = Path.Combine(folder, ScanFolder.ResultName);
            if (File.Exists(file) && !await AttachAsync(engagement, line, await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken)) continue;
            await scans.ResultSavedAsync(engagement, line, cancellationToken);
        }
    }

    private async Task<bool> AttachAsync(EngagementId engagement, LineId line, byte[] content, CancellationToken cancellationToken)
    {
        var prefix = $"{SafeName(line)}-";
        var name = $"{prefix}{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}.json";
        if (await runner.LoadAsync(engagement, cancellationToken) is not { } stored) return true;
        if (stored.Engagement.Facts.ResultFiles.Any(file => file.Name == name)) return true;

        var uploaded = await records.UploadAsync(name, () => new MemoryStream(content, writable: false), content.Length, cancellationToken);
        kill.At("result-uploaded");
        var written = await runner.ChangeFactsAsync(engagement, current => With(current.Facts, prefix, uploaded), cancellationToken);
        if (written is null) return false;
        await audit.WriteAsync("result-attached", $"{engagement}/{line}", name, cancellationToken);
        log.LogInformation("Engagement {Engagement}, line {Line}: the result is attached as {File}", engagement, line, name);
        return true;
    }

    private static EngagementFacts With(EngagementFacts facts, string prefix, AttachedFile file) => facts with
    {
        ResultFiles = [.. facts.ResultFiles.Where(known => !IsOf(known, prefix)), file],
    };

    // L1 must not take L1-2 for its own: after the prefix comes the hash alone.
    private static bool IsOf(AttachedFile file, string prefix) =>
        file.Name.StartsWith(prefix, StringComparison.Ordinal) && !file.Name[prefix.Length..].Contains('-', StringComparison.Ordinal);

    private static string SafeName(LineId line) =>
        string.Concat(line.Value.Select(static c => char.IsControl(c) || c is '/' or '\\' or '"' or '-' ? '_' : c));
}
