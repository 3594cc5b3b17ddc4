using System.Globalization;
using VulnDiag.Engine;
using VulnDiag.Model;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.Worker.Scans;

/// <summary>The vulnerability database as a source of a scan's findings: a version that was read, and the CVEs that it has. One scan's own: asked about one port after another.</summary>
internal sealed class VulnDbFindings : IFindingSource, IDisposable
{
    private const string Empty = "empty";
    private readonly VulnDatabase _database;

    private VulnDbFindings(VulnDatabase database)
    {
        _database = database;
        // What was loaded today may be old: the day of loading says something only where no record has a date.
        var feeds = database.Status();
        var newest = feeds.Max(static feed => feed.Newest) ?? feeds.Select(static feed => feed.Loaded).DefaultIfEmpty().Max();
        Version = KeyValuePair.Create("vulndb", newest == default ? Empty : newest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public KeyValuePair<string, string> Version { get; }

    /// <summary>The database, or null while none was loaded.</summary>
    /// <exception cref="InvalidDataException">The file was made by another version.</exception>
    internal static VulnDbFindings? OpenIfLoaded(string file) => File.Exists(file) ? new VulnDbFindings(VulnDatabase.Open(file)) : null;

    public ValueTask<FindingAnswer> FindAsync(PortResult port, CancellationToken cancellationToken)
    {
        if (port.Version is null) return ValueTask.FromResult(new FindingAnswer([], []));
        string[] texts = port.Info is { } info ? [info] : [];
        var findings = port.Cpe.Select(CpeName.Parse).OfType<CpeName>()
            .SelectMany(product => _database.Match(new MatchQuery { Product = product, DistributionTexts = texts }).Matches)
            .DistinctBy(static match => match.Cve)
            .Select(match => FindingOf(port, match));
        return ValueTask.FromResult(new FindingAnswer([.. findings], []));
    }

    public void Dispose() => _database.Dispose();

    private static ScanFinding FindingOf(PortResult port, VulnMatch match) => new()
    {
        Id = match.Cve,
        Kind = FindingKind.Vulnerability,
        Protocol = port.Protocol,
        Port = port.Port,
        Severity = match.Score is { } score ? Severities.OfScore(score.Score) : Severity.Recommended,
        Cvss = match.Score,
        Cve = [match.Cve],
        Kev = match.KnownExploited,
        Epss = match.ExploitProbability,
        Jvn = [.. match.Jvn.Select(static entry => entry.Id)],
        Qod = match.QualityOfDetection,
        TitleJa = match.Jvn is [var jvn, ..] ? jvn.TitleJa : $"{port.Product} {port.Version} ({match.Cve})",
        Evidence = $"{port.Evidence.Trim()} | {match.Why}",
    };
}
