using System.Globalization;
using Microsoft.Data.Sqlite;
using VulnDiag.Model;
using VulnDiag.VulnDb.Backports;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Feeds;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.VulnDb.Store;

/// <summary>How fresh one feed is.</summary>
/// <param name="Feed">Kind of feed.</param>
/// <param name="Records">Records of the last file that was loaded.</param>
/// <param name="Newest">Newest change in any of its records, or null where the feed tells none.</param>
/// <param name="Loaded">When it was last loaded.</param>
public sealed record FeedStatus(string Feed, long Records, DateTimeOffset? Newest, DateTimeOffset Loaded);

/// <summary>The vulnerability database, for reading.</summary>
/// <remarks>One thread at a time; open one per thread. A load that runs beside it is seen after its end, whole.</remarks>
public sealed class VulnDatabase : IDisposable
{
    private readonly SqliteConnection connection;

    private VulnDatabase(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the file.</summary>
    /// <exception cref="FileNotFoundException">Nothing was loaded yet.</exception>
    /// <exception cref="InvalidDataException">The file was made by another version.</exception>
    public static VulnDatabase Open(string file) => new(Database.OpenForReading(file));

    /// <summary>The CVEs that the found version has, and those that its distribution has fixed.</summary>
    public MatchResult Match(MatchQuery query)
    {
        var found = Subject.Of(query.Product, query.Platforms);
        var installed = DistributionText.Read(found.Product, query.Distribution, query.DistributionTexts, query.Platforms);
        var subject = query.Platforms.Count > 0 ? found : found with { Platforms = PlatformTexts.Read(found.Product, installed, query.DistributionTexts) };
        var matches = new List<VulnMatch>();
        var suppressed = new List<SuppressedMatch>();
        foreach (var layers in Candidates(subject.Keys).Where(static layers => !layers.IsRejected))
        {
            var truth = ConfigurationMatcher.Match(layers.Configurations, subject);
            if (truth is Truth.No) continue;
            var (isFixed, version) = installed is null ? (Truth.Unknown, null) : FixState.Of(installed, Fixes(layers.Cve, installed, subject.Product));
            if (isFixed is Truth.Yes) suppressed.Add(new SuppressedMatch(CveNumber.Text(layers.Cve), $"backport: {installed} has the fix of {version}."));
            else matches.Add(Describe(layers, QualityOfDetection.Of(truth, subject.Product, installed, isFixed, version)));
        }

        return new MatchResult(
            [.. matches.OrderByDescending(static match => match.QualityOfDetection).ThenBy(static match => match.Cve, StringComparer.Ordinal)],
            [.. suppressed.OrderBy(static match => match.Cve, StringComparer.Ordinal)]);
    }

    /// <summary>What was loaded, by feed.</summary>
    public IReadOnlyList<FeedStatus> Status()
    {
        using var command = Command("SELECT id, records, newest, loaded FROM feed ORDER BY id");
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

    /// <summary>Every CVE of which any layer names one of the products as vulnerable, with all of its layers.</summary>
    private List<CveLayers> Candidates(IReadOnlyCollection<string> keys)
    {
        var names = keys.Select(static (_, index) => $"$key{index}").ToList();
        using var command = Command($"""
            SELECT r.id, r.status, r.description, r.score_version, r.score, r.vector, r.configurations
            FROM (SELECT DISTINCT pr.record / {Layers.PerCve} AS cve FROM product p JOIN product_record pr ON pr.product = p.id WHERE p.key IN ({string.Join(", ", names)})) c
            JOIN record r ON r.id BETWEEN c.cve * {Layers.PerCve} AND c.cve * {Layers.PerCve} + {Layers.PerCve - 1}
            ORDER BY r.id
            """);
        foreach (var (name, key) in names.Zip(keys)) command.Parameters.AddWithValue(name, key);

        var candidates = new List<CveLayers>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var id = reader.GetInt64(0);
            if (candidates.Count == 0 || candidates[^1].Cve != id / Layers.PerCve) candidates.Add(new CveLayers(id / Layers.PerCve));
            candidates[^1].Add(Layers.Of(id), reader.GetString(1), reader.GetString(2), Score(reader), reader.GetString(6));
        }

        return candidates;
    }

    private static CvssScore? Score(SqliteDataReader reader) =>
        reader.IsDBNull(3) ? null : new CvssScore(reader.GetString(3), decimal.Parse(reader.GetString(4), CultureInfo.InvariantCulture), reader.GetString(5));

    private VulnMatch Describe(CveLayers layers, (int Quality, string Why) detection)
    {
        using var kev = Command("SELECT 1 FROM kev WHERE cve = $cve", layers.Cve);
        using var epss = Command("SELECT probability, percentile FROM epss WHERE cve = $cve", layers.Cve);
        using var reader = epss.ExecuteReader();
        var known = reader.Read();
        return new VulnMatch
        {
            Cve = CveNumber.Text(layers.Cve),
            Score = layers.Score,
            KnownExploited = kev.ExecuteScalar() is not null,
            ExploitProbability = known ? decimal.Parse(reader.GetString(0), CultureInfo.InvariantCulture) : null,
            ExploitPercentile = known && !reader.IsDBNull(1) ? decimal.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : null,
            Jvn = Jvn(layers.Cve),
            QualityOfDetection = detection.Quality,
            Why = detection.Why,
            Description = layers.Description,
        };
    }

    private List<FixRow> Fixes(long cve, InstalledPackage installed, CpeName product)
    {
        var names = FixState.PackagesOf(product).Select(static (package, index) => (Package: package, Name: $"$package{index}")).ToList();
        using var command = Command($"SELECT release, version FROM fix WHERE package IN ({string.Join(", ", names.Select(static each => each.Name))}) AND cve = $cve AND distribution = $distribution", cve);
        foreach (var (package, name) in names) command.Parameters.AddWithValue(name, package);
        command.Parameters.AddWithValue("$distribution", installed.Distribution);
        using var reader = command.ExecuteReader();
        var rows = new List<FixRow>();
        while (reader.Read()) rows.Add(new FixRow(reader.GetString(0), reader.GetString(1)));
        return rows;
    }

    private List<JvnReference> Jvn(long cve)
    {
        using var command = Command("SELECT j.id, j.title, j.address FROM jvn_cve c JOIN jvn j ON j.id = c.jvn WHERE c.cve = $cve ORDER BY j.id", cve);
        using var reader = command.ExecuteReader();
        var entries = new List<JvnReference>();
        while (reader.Read()) entries.Add(new JvnReference(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return entries;
    }

    private SqliteCommand Command(string sql, long? cve = null)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        if (cve is { } number) command.Parameters.AddWithValue("$cve", number);
        return command;
    }
}
