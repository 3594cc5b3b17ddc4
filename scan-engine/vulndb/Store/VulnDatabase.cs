using Microsoft.Data.Sqlite;
using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.VulnDb.Store;

/// <summary>How fresh one feed is.</summary>
/// <param name="Feed">Kind of feed.</param>
/// <param name="Records">Records of the last load, over all of its files.</param>
/// <param name="Newest">Newest change in any of its records, or null where the feed tells none.</param>
/// <param name="Loaded">When it was last loaded.</param>
public sealed record FeedStatus(string Feed, long Records, DateTimeOffset? Newest, DateTimeOffset Loaded);

/// <summary>The vulnerability database, for reading.</summary>
/// <remarks>One thread at a time; open one per thread. A load that runs beside it is seen after its end, whole.</remarks>
public sealed class VulnDatabase : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Candidates candidates;

    private VulnDatabase(SqliteConnection connection) => (this.connection, candidates) = (connection, new Candidates(connection));

    /// <summary>Opens the file.</summary>
    /// <exception cref="FileNotFoundException">Nothing was loaded yet.</exception>
    /// <exception cref="InvalidDataException">The file was made by another version, or is no database.</exception>
    public static VulnDatabase Open(string file) => new(Database.OpenForReading(file));

    /// <summary>The CVEs that the found version has, and those that its distribution has fixed.</summary>
    public MatchResult Match(MatchQuery query)
    {
        var found = Subject.Of(query.Product, query.Platforms);
        var installed = DistributionText.Read(found.Product, query.Distribution, query.DistributionTexts, query.Platforms, query.NeighbourTexts);
        var subject = query.Platforms.Count > 0 ? found : found with { Platforms = PlatformTexts.Read(found.Product, installed, query.DistributionTexts) };
        var fixes = installed is null ? null : Fixes(installed, subject.Product);
        var matches = new List<VulnMatch>();
        var suppressed = new List<SuppressedMatch>();
        // The Linux kernel has thousands of matches, and few reasons.
        var reasons = new Dictionary<(Truth, bool, Truth, string?), (int Quality, string Why)>();
        foreach (var layers in candidates.Of(subject.Keys))
        {
            var truth = layers.IsRejected ? Truth.No : ConfigurationMatcher.Match(layers.Configurations, subject);
            if (truth is Truth.No) continue;
            var (isFixed, version) = installed is null ? (Truth.Unknown, null) : FixState.Of(installed, fixes![layers.Cve]);
            if (isFixed is Truth.Yes) suppressed.Add(new SuppressedMatch(layers.Id, FixState.Words(installed!, version!)));
            else matches.Add(Describe(layers, Reason(truth, layers.IsInWords, isFixed, version)));
        }

        (int Quality, string Why) Reason(Truth truth, bool isInWords, Truth isFixed, string? version)
        {
            var key = (truth, isInWords, isFixed, version);
            return reasons.TryGetValue(key, out var known) ? known : reasons[key] = QualityOfDetection.Of(truth, isInWords, subject.Product, installed, isFixed, version);
        }

        return new MatchResult(
            [.. matches.OrderByDescending(static match => match.QualityOfDetection).ThenBy(static match => match.Cve, StringComparer.Ordinal)],
            [.. suppressed.OrderBy(static match => match.Cve, StringComparer.Ordinal)]);
    }

    /// <summary>Which of these CVEs CISA's catalogue lists.</summary>
    public IReadOnlySet<string> KnownExploited(IEnumerable<string> cves)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM kev WHERE cve = $cve";
        var parameter = command.Parameters.Add("$cve", SqliteType.Integer);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cve in cves)
        {
            parameter.Value = CveNumber.Of(cve) ?? -1;
            if (command.ExecuteScalar() is not null) listed.Add(cve);
        }

        return listed;
    }

    /// <summary>What was loaded, by feed.</summary>
    public IReadOnlyList<FeedStatus> Status()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, records, newest, loaded FROM feed ORDER BY id";
        using var reader = command.ExecuteReader();
        var feeds = new List<FeedStatus>();
        while (reader.Read())
        {
            var newest = reader.IsDBNull(2) || reader.GetInt64(2) == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(2));
            feeds.Add(new FeedStatus(reader.GetString(0), reader.GetInt64(1), newest, DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(3))));
        }

        return feeds;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private VulnMatch Describe(CveLayers layers, (int Quality, string Why) detection) => new()
    {
        Cve = layers.Id,
        Score = layers.Score,
        KnownExploited = layers.KnownExploited,
        ExploitProbability = layers.ExploitProbability,
        ExploitPercentile = layers.ExploitPercentile,
        Jvn = layers.HasJvn ? Jvn(layers.Cve) : [],
        QualityOfDetection = detection.Quality,
        Why = detection.Why,
        Description = layers.Description,
        Feed = layers.Origin.Feed,
        Loaded = layers.Origin.Loaded,
    };

    private ILookup<long, FixRow> Fixes(InstalledPackage installed, CpeName product)
    {
        var names = FixState.PackagesOf(product).Select(static (package, index) => (Package: package, Name: $"$package{index}")).ToList();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT cve, release, version FROM fix WHERE package IN ({string.Join(", ", names.Select(static each => each.Name))}) AND distribution = $distribution";
        foreach (var (package, name) in names) command.Parameters.AddWithValue(name, package);
        command.Parameters.AddWithValue("$distribution", installed.Distribution);
        using var reader = command.ExecuteReader();
        var rows = new List<(long Cve, FixRow Row)>();
        while (reader.Read()) rows.Add((reader.GetInt64(0), new FixRow(reader.GetString(1), reader.GetString(2))));
        return rows.ToLookup(static each => each.Cve, static each => each.Row);
    }

    private List<JvnReference> Jvn(long cve)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT j.id, j.title, j.address FROM jvn_cve c JOIN jvn j ON j.id = c.jvn WHERE c.cve = $cve ORDER BY j.id";
        command.Parameters.AddWithValue("$cve", cve);
        using var reader = command.ExecuteReader();
        var entries = new List<JvnReference>();
        while (reader.Read()) entries.Add(new JvnReference(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return entries;
    }
}
